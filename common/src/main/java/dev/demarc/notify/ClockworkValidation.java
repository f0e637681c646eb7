package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.query.AccountCoverage;
import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells when the validation of a service type in an account lapses and when it is restored. What never was validated does not lapse. */
final class ClockworkValidation {
    private enum State {
        NEVER,
        VALIDATED,
        LAPSED
    }

    private ClockworkValidation() {}

    /** Answers how many notices were written. */
    static int run(Documents documents, Scope scope, List<AccountCoverage> accounts, Instant now) {
        ClockworkMarks marks = ClockworkMarks.load(documents, scope, "validation", now);
        for (AccountCoverage account : accounts) {
            for (AccountCoverage.OfType type : account.types()) {
                String subject = account.account().key() + "|" + type.serviceType();
                Optional<State> before = marks.seen(subject).at("state").text().map(State::valueOf);
                State next = next(before, type);
                Optional<Notice> notice = kind(before, next)
                        .map(kind -> Notice.of(
                                kind,
                                now,
                                "validation/" + subject,
                                kind.word(),
                                Json.object()
                                        .with("account", account.account().key())
                                        .with("serviceType", type.serviceType().name())
                                        .with("resources", type.resources())
                                        .with("reason", type.gap())
                                        .with("since", type.gapSince().map(Instant::toString))
                                        .build()));
                marks.move(subject, Json.object().with("state", next.name()).build(), notice);
            }
        }
        return marks.written();
    }

    private static State next(Optional<State> before, AccountCoverage.OfType type) {
        if (type.gap().isEmpty()) {
            return State.VALIDATED;
        }
        return before.filter(state -> state != State.NEVER).isPresent() ? State.LAPSED : State.NEVER;
    }

    private static Optional<NoticeKind> kind(Optional<State> before, State next) {
        if (before.filter(State.VALIDATED::equals).isPresent() && next == State.LAPSED) {
            return Optional.of(NoticeKind.VALIDATION_LAPSED);
        }
        if (before.filter(State.LAPSED::equals).isPresent() && next == State.VALIDATED) {
            return Optional.of(NoticeKind.VALIDATION_RESTORED);
        }
        return Optional.empty();
    }
}
