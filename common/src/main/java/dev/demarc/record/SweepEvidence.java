package dev.demarc.record;

import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import java.time.Instant;

/**
 * Evidence of one sweep generation (named by its start) of one service type in one account: what it covered. A store keeps the newest ended
 * generation and, beside it, the newest one that is still under way; the second never hides the first.
 */
public record SweepEvidence(
        Provider provider,
        String account,
        ServiceType serviceType,
        Instant startedAt,
        Instant finishedAt,
        State state,
        long discovered,
        long evaluated,
        long failed,
        String note) {

    public enum State {
        /** Paused: goes on from a checkpoint. Proves nothing. */
        UNDER_WAY,
        /** Ended without having covered every resource. */
        INCOMPLETE,
        /** Listed to its end, every resource evaluated. */
        COMPLETE
    }

    public AccountId accountId() {
        return new AccountId(provider, account);
    }

    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    public boolean hasEnded() {
        return state != State.UNDER_WAY;
    }
}
