package dev.demarc.api;

import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.Poison;
import dev.demarc.record.Projected;
import dev.demarc.record.Role;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.SweepEvidence;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads of a store that forgets to look at the scope: the control that shows that a leak is found. */
public record Unscoped(ScopedReads reads) implements ScopedReads {

    private static List<Scope> everyone() {
        return Estates.TENANTS.stream()
                .map(tenant -> new Scope(tenant, Optional.empty(), Role.READER, "everyone"))
                .toList();
    }

    private static <T> List<T> all(Function<Scope, ? extends Collection<T>> read) {
        return everyone().stream().flatMap(scope -> read.apply(scope).stream()).toList();
    }

    private static <T> Optional<T> any(Function<Scope, Optional<T>> read) {
        return everyone().stream().flatMap(scope -> read.apply(scope).stream()).findFirst();
    }

    @Override
    public Map<RollupKey, Long> rollups(Scope scope) {
        Map<RollupKey, Long> all = new HashMap<>();
        everyone().forEach(one -> all.putAll(reads.rollups(one)));
        return all;
    }

    @Override
    public List<StoredFinding> findings(Scope scope, RollupKey bucket, String afterId, int limit) {
        return all(one -> reads.findings(one, bucket, afterId, limit)).stream()
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredFinding> findingsByAge(Scope scope, AgeMark after, int limit) {
        return all(one -> reads.findingsByAge(one, after, limit)).stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Projected> projected(Scope scope, ResourceId resource) {
        return any(one -> reads.projected(one, resource));
    }

    @Override
    public Optional<Observation> observation(Scope scope, ResourceId resource) {
        return any(one -> reads.observation(one, resource));
    }

    @Override
    public List<HistoryEntry> history(Scope scope, ResourceId resource, String beforeId, int limit) {
        return all(one -> reads.history(one, resource, beforeId, limit));
    }

    @Override
    public List<FeedEvidence> feedEvidence(Scope scope) {
        return all(reads::feedEvidence);
    }

    @Override
    public List<SweepEvidence> sweepEvidence(Scope scope) {
        return all(reads::sweepEvidence);
    }

    @Override
    public List<Poison> poison(Scope scope, int limit) {
        return all(one -> reads.poison(one, limit));
    }
}
