package dev.demarc.record;

import dev.demarc.model.ControlId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The central store as the projector and the query side see it. Findings and rollups are written only through {@link #project}. Every
 * implementation passes the same contract suite.
 */
public interface CentralStore extends ObservationStore, EvidenceStore {

    /** One control that failed, or could not be judged, on one resource. Holds facts; category and priority are derived by the query. */
    record StoredFinding(
            ResourceId resource,
            ServiceType serviceType,
            ControlId control,
            String verdict,
            String reason,
            Version version,
            Instant since,
            dev.demarc.model.Labels labels) {
        /** The id: resource key, then {@code |}, then the control. */
        public String id() {
            return resource.key() + "|" + control.value();
        }
    }

    /** A counter: how many live resources of an account and service type have this verdict for this control. */
    record RollupKey(Provider provider, String account, ServiceType serviceType, String control, String verdict) {}

    /** What one observation change does to findings and counters. */
    record Projection(
            ResourceId resource,
            Version version,
            String catalogueRevision,
            List<StoredFinding> upserts,
            List<String> closedFindings,
            Map<RollupKey, Long> deltas) {
        public Projection {
            upserts = List.copyOf(upserts);
            closedFindings = List.copyOf(closedFindings);
            deltas = Map.copyOf(deltas);
        }
    }

    /** The observation that findings and counters currently reflect; empty when none was projected yet. */
    Optional<Observation> projected(ResourceId resource);

    /**
     * Applies the projection in one transaction when the resource's projected observation still equals {@code expected}; stores {@code now}
     * as the projected observation. Answers false, having changed nothing, when another projector was faster.
     */
    boolean project(Optional<Observation> expected, Observation now, Projection projection);

    /** Hands each not yet acknowledged change to the consumer in order and acknowledges it afterwards. For stores that push their feed, does nothing. */
    long drain(Consumer<ObservationChange> consumer);

    /** Findings in id order after {@code afterId} (exclusive, empty for the start), at most {@code limit}. */
    List<StoredFinding> findings(String afterId, int limit);

    /** The findings of one resource. */
    List<StoredFinding> findingsOf(ResourceId resource);

    Map<RollupKey, Long> rollups();

    /** Evidence that a feed is alive: the newest time an event of this type arrived for the account. Older times change nothing. */
    record FeedEvidence(Provider provider, String account, ServiceType serviceType, Instant lastEventAt) {}

    /** Evidence of a completed or partial sweep of one service type in one account. */
    record SweepEvidence(
            Provider provider,
            String account,
            ServiceType serviceType,
            Instant startedAt,
            Instant finishedAt,
            boolean complete,
            long discovered,
            long evaluated,
            long failed) {}

    List<FeedEvidence> feedEvidence();

    /** The newest sweep evidence of each account and service type. */
    List<SweepEvidence> sweepEvidence();

    /** The live observations of an account and provider type, for a sweep that retires what it no longer sees. */
    List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType);
}
