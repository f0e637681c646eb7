package dev.demarc.query;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.Optional;

/**
 * A workload that moves from one service type to another. The verdicts of the old type say nothing about the new one; until a review of the
 * new type is dated after the move, control MCC-07 is open.
 */
public record Transition(
        AccountId account,
        String workload,
        ServiceType from,
        ServiceType to,
        State state,
        Instant startedAt,
        Optional<Instant> completedAt,
        Duties duties) {

    /** How far the move is. */
    public enum State {
        /** The new type appeared lately, the old one is there. */
        STARTED,
        /** Both have been there for longer; the duties of both apply, none has ceased. */
        OVERLAP,
        /** The old type is gone; the review of the new one is due. */
        COMPLETED,
        /** Reviewed after the old type went. */
        CLOSED
    }

    public boolean isOpen() {
        return state != State.CLOSED;
    }

    public Json json() {
        return Json.object()
                .with("provider", account.provider().word())
                .with("account", account.account())
                .with("workload", workload)
                .with("from", from.name())
                .with("to", to.name())
                .with("state", state.name())
                .with("startedAt", startedAt.toString())
                .with("completedAt", completedAt.map(Instant::toString))
                .with("duties", duties.json())
                .build();
    }
}
