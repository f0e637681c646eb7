package dev.demarc.project;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.record.CentralStore;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Computes findings and counters again from the observations, account by account, and compares them with what is stored; on request it puts
 * right what differs. Only "since when" is taken from the projected states, because an observation says what is and not what was. Accounts
 * go on writing meanwhile: an account that changed while it was read is read again.
 */
public final class Rebuild {
    private static final int TRIES = 5;

    private final CentralStore store;
    private final Predicate<AccountId> wanted;
    private final Projector projector;

    public Rebuild(CentralStore store) {
        this(store, ignored -> true);
    }

    /** Only of the accounts that {@code wanted} takes. */
    public Rebuild(CentralStore store, Predicate<AccountId> wanted) {
        this.store = store;
        this.wanted = wanted;
        this.projector = new Projector(store);
    }

    /** Only of the accounts that the scope covers. */
    public static Rebuild within(CentralStore store, Scope scope) {
        return new Rebuild(store, account -> scope.covers(store.tenantOf(account), account));
    }

    /** What differs, in which account. {@code subject} is a resource key, a finding id or a counter. */
    public record Difference(AccountId account, Kind kind, String subject) {
        private Json json() {
            return Json.object()
                    .with("account", account.key())
                    .with("kind", kind.name())
                    .with("subject", subject)
                    .build();
        }
    }

    public enum Kind {
        /** An observation that findings and counters do not reflect yet. */
        NOT_PROJECTED,
        /** A projected resource that has no observation. */
        NO_OBSERVATION,
        /** A finding that follows from an observation and is not stored. */
        FINDING_MISSING,
        /** A stored finding that follows from no observation. */
        FINDING_STRAY,
        /** A counter that is not the number of its resources. */
        COUNTER,
        /** The account changed in every attempt to read it; nothing is known about it. */
        MOVING
    }

    /** What was read and what differs; of an account that was read again only the last reading counts. */
    public record Report(long accounts, long observations, long findings, long counters, List<Difference> differences) {
        public Report {
            differences = List.copyOf(differences);
        }

        public boolean isEqual() {
            return differences.isEmpty();
        }

        /** Counts and whether all is equal; of the differences the first {@code shown} with what they are about. */
        public Json json(int shown) {
            return Json.object()
                    .with("accounts", accounts)
                    .with("observations", observations)
                    .with("findings", findings)
                    .with("counters", counters)
                    .with("equal", isEqual())
                    .with("differences", differences.size())
                    .with(
                            "first",
                            Json.array(differences.stream()
                                    .limit(shown)
                                    .map(Difference::json)
                                    .toList()))
                    .build();
        }

        private Report plus(Report other) {
            List<Difference> all = new ArrayList<>(differences);
            all.addAll(other.differences);
            return new Report(
                    accounts + other.accounts,
                    observations + other.observations,
                    findings + other.findings,
                    counters + other.counters,
                    all);
        }
    }

    /** Compares every account; changes nothing. */
    public Report check(Consumer<AccountId> progress) {
        Report report = new Report(0, 0, 0, 0, List.of());
        for (AccountId account : accounts()) {
            progress.accept(account);
            report = report.plus(steady(account).report());
        }
        return report;
    }

    /** Puts right what differs and answers what was found to differ before. A {@link #check} afterwards proves the result. */
    public Report repair(Consumer<AccountId> progress) {
        Report report = new Report(0, 0, 0, 0, List.of());
        for (AccountId account : accounts()) {
            progress.accept(account);
            Recount first = steady(account);
            report = report.plus(first.report());
            if (!first.differences().isEmpty()) {
                repair(account, first);
            }
        }
        return report;
    }

    private List<AccountId> accounts() {
        return store.accounts().stream().filter(wanted).toList();
    }

    private void repair(AccountId account, Recount found) {
        Recount recount = found;
        for (int i = 0; i < TRIES; i++) {
            recount.unprojected()
                    .forEach(observation ->
                            projector.apply(new ObservationChange("rebuild", Optional.empty(), observation)));
            recount.orphans().forEach(this::forget);
            recount = Recount.of(store, account);
            boolean settled =
                    recount.unprojected().isEmpty() && recount.orphans().isEmpty();
            if (settled && recount.isSteady()) {
                if (recount.differences().isEmpty()
                        || store.repair(
                                account,
                                recount.stamp(),
                                recount.stray(),
                                recount.missing(),
                                recount.expectedCounters())) {
                    return;
                }
            }
        }
        throw new IllegalStateException("account " + account + " changed during each of " + TRIES
                + " attempts to put it right; run the rebuild again when it is quieter");
    }

    private void forget(Projected orphan) {
        Observation gone = Observation.tombstone(
                orphan.resource(),
                orphan.observation().serviceType(),
                orphan.observation().version());
        Projected next = Projected.advance(Optional.of(orphan), gone, orphan.tenant(), ignored -> false);
        store.project(Projection.between(Optional.of(orphan), next, Optional.empty()));
    }

    private Recount steady(AccountId account) {
        Recount recount = Recount.of(store, account);
        for (int i = 1; i < TRIES && !recount.isSteady(); i++) {
            recount = Recount.of(store, account);
        }
        return recount;
    }
}
