package dev.demarc.project;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.record.CentralStore;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.SweepEvidence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * From the stream of store changes to findings, counters and history. The only writer of these. Each step goes from what was projected
 * before, never from what the message claims, so a change that is replayed, repeated or late changes nothing.
 */
public final class Projector {
    private static final int TRIES = 20;
    private static final int PAGE = 200;

    private final CentralStore store;
    private final InstantSource clock;

    public Projector(CentralStore store) {
        this(store, InstantSource.system());
    }

    /** The clock dates only fixes of which the resource's version does not say when they were made. */
    public Projector(CentralStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Applies the change when it brings news. Safe to repeat. */
    public void apply(StoreChange change) {
        switch (change) {
            case ObservationChange observed -> observed(observed.after());
            case StoreChange.SweepEnded(String ignored, SweepEvidence evidence) -> confirmFixes(evidence);
            case StoreChange.HistoryAdded ignored -> {
                // Written by this projector itself; notifications are made from it elsewhere.
            }
        }
    }

    private void observed(Observation hint) {
        ResourceId resource = hint.resource();
        String tenant = store.tenantOf(AccountId.of(resource));
        for (int i = 0; i < TRIES; i++) {
            // The change says that there is news, the store says what it is: a late or repeated change finds nothing
            // left to do.
            Observation now = store.observation(resource).orElse(hint);
            Optional<Projected> before = store.projected(resource);
            if (before.isPresent() && !before.get().isSupersededBy(now, tenant)) {
                return;
            }
            Projected next = Projected.advance(
                    before, now, tenant, confirmedBySweep(store, now, clock.instant()), clock.instant());
            if (store.project(Projection.between(before, next, Optional.empty()))) {
                return;
            }
        }
        // Another projector kept winning: the platform hands the change out again.
        throw new IllegalStateException(
                "the projection of " + resource + " was overtaken " + TRIES + " times; try again");
    }

    /** Whether a complete sweep of the type began after the fix. Asked only when a control stops failing. */
    static Predicate<Instant> confirmedBySweep(CentralStore store, Observation observation, Instant now) {
        return fixedAt -> store.completeSweep(
                        observation.resource().provider(),
                        observation.resource().account(),
                        observation.serviceType())
                .filter(sweep ->
                        sweep.startedAt().isAfter(fixedAt) && !sweep.startedAt().isAfter(now))
                .isPresent();
    }

    private void confirmFixes(SweepEvidence evidence) {
        if (!evidence.isComplete() || evidence.startedAt().isAfter(clock.instant())) {
            return;
        }
        AccountId account = evidence.accountId();
        Scope scope = Scope.operator(store.tenantOf(account), account);
        for (RollupKey key : store.rollups(scope).keySet()) {
            if (key.verdict().equals(Projected.FIXED) && key.serviceType().equals(evidence.serviceType())) {
                confirm(scope, key, evidence.startedAt());
            }
        }
    }

    private void confirm(Scope scope, RollupKey key, Instant sweepStart) {
        String after = "";
        List<StoredFinding> page = store.findings(scope, key, after, PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(fixed -> fixed.since().isBefore(sweepStart))
                    .forEach(fixed -> confirm(fixed.resource(), sweepStart));
            after = page.getLast().id();
            page = page.size() < PAGE ? List.of() : store.findings(scope, key, after, PAGE);
        }
    }

    private void confirm(ResourceId resource, Instant sweepStart) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Projected> before = store.projected(resource);
            if (before.isEmpty()) {
                return;
            }
            Projected next = before.get().confirm(sweepStart::isAfter);
            if (next.equals(before.get()) || store.project(Projection.between(before, next, Optional.of(sweepStart)))) {
                return;
            }
        }
        throw new IllegalStateException(
                "the confirmation of " + resource + " was overtaken " + TRIES + " times; try again");
    }
}
