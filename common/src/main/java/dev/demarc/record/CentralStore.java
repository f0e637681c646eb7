package dev.demarc.record;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The central store as the projector sees it. Findings, counters and history are written only through {@link #project}. Every
 * implementation passes the same contract suite. Queries go through {@link ScopedReads}, which asks for a scope.
 */
public interface CentralStore extends ObservationStore, EvidenceStore, Quarantine, ScopedReads, Documents {

    /** The tenant that the account belongs to. */
    String tenantOf(AccountId account);

    /** What findings and counters reflect of a resource; empty when nothing was projected yet. */
    Optional<Projected> projected(ResourceId resource);

    /**
     * Applies the projection in one transaction when the resource's projected state still equals the expected one. Answers false, having
     * changed nothing, when another projector was faster.
     */
    boolean project(Projection projection);

    /** Hands each not yet acknowledged change to the consumer in order and acknowledges it afterwards. For stores that push their feed, does nothing. */
    long drain(Consumer<StoreChange> consumer);

    /** The newest ended sweep of the account and type, when it was complete. */
    Optional<SweepEvidence> completeSweep(Provider provider, String account, ServiceType serviceType);

    /** The live observations of an account and service type, for a sweep that retires what it no longer sees. */
    List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType);

    // ---- for the rebuild, which reads everything once ----

    /** Every account that has an observation, a projected state or a counter. */
    List<AccountId> accounts();

    /** All observations of an account, tombstones included, in the order of resource keys after {@code afterKey}. */
    List<Observation> observations(AccountId account, String afterKey, int limit);

    /** All projected states of an account, tombstones included, in the order of resource keys after {@code afterKey}. */
    List<Projected> projections(AccountId account, String afterKey, int limit);

    /** All stored findings of an account in id order after {@code afterId}. */
    List<StoredFinding> findingsOf(AccountId account, String afterId, int limit);

    /** The counters of one account, with a stamp that every projection of the account changes. */
    record Counted(Map<RollupKey, Long> counters, String stamp) {
        public Counted {
            counters = Map.copyOf(counters);
        }
    }

    Counted countersOf(AccountId account);

    /**
     * Puts an account's findings and counters right, when its stamp is still the given one: deletes {@code strayFindings}, writes
     * {@code missingFindings}, sets the counters. Answers false, having changed nothing in the counters, when the stamp has moved on.
     */
    boolean repair(
            AccountId account,
            String stamp,
            List<StoredFinding> strayFindings,
            List<StoredFinding> missingFindings,
            Map<RollupKey, Long> counters);
}
