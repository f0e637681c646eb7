package dev.demarc.record;

import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What queries may read, each within a scope. What lies outside the scope is answered like what does not exist. No method here reads a
 * number of items that grows with the number of resources: rollups and evidence grow with accounts × service types, the others with
 * {@code limit}.
 */
public interface ScopedReads {

    /** The counters that are not zero. */
    Map<RollupKey, Long> rollups(Scope scope);

    /** The findings under one counter, in id order after {@code afterId} (exclusive, empty for the start). */
    List<StoredFinding> findings(Scope scope, RollupKey bucket, String afterId, int limit);

    /** A place in the order by age: {@code since}, then id. */
    record AgeMark(Instant since, String id) {
        public static final AgeMark START = new AgeMark(Instant.EPOCH, "");
    }

    /** The findings of the whole scope, the oldest first, after the mark (exclusive). */
    List<StoredFinding> findingsByAge(Scope scope, AgeMark after, int limit);

    /** What findings and counters reflect of a resource, tombstones included. */
    Optional<Projected> projected(Scope scope, ResourceId resource);

    /** The newest observation of a resource; may be newer than what is projected. */
    Optional<Observation> observation(Scope scope, ResourceId resource);

    /** The history of a resource, the newest first, before {@code beforeId} (exclusive, empty for the newest). */
    List<HistoryEntry> history(Scope scope, ResourceId resource, String beforeId, int limit);

    List<FeedEvidence> feedEvidence(Scope scope);

    /** Of each account and service type the newest ended generation and, if there is one, the newest one under way. */
    List<SweepEvidence> sweepEvidence(Scope scope);

    /** Poison records, the last seen first; those without an account only for a scope that is the whole tenant {@link Scope#MAIN}. */
    List<Poison> poison(Scope scope, int limit);
}
