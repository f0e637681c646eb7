package dev.demarc.record;

import dev.demarc.model.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one step of a resource does to findings, counters and history; a store applies all of it or none. {@code expected} is the state that
 * the store must still hold.
 */
public record Projection(
        Optional<Projected> expected,
        Projected now,
        List<StoredFinding> upserts,
        List<StoredFinding> removed,
        Map<RollupKey, Long> deltas,
        Optional<HistoryEntry> history) {
    public Projection {
        upserts = List.copyOf(upserts);
        removed = List.copyOf(removed);
        deltas = Map.copyOf(deltas);
    }

    public ResourceId resource() {
        return now.resource();
    }

    /** From one state to the next. {@code confirmedAt} is the start of the sweep when the step only confirms fixes. */
    public static Projection between(Optional<Projected> before, Projected now, Optional<Instant> confirmedAt) {
        Map<String, StoredFinding> known = new LinkedHashMap<>();
        before.map(Projected::findings).orElse(List.of()).forEach(finding -> known.put(finding.id(), finding));
        List<StoredFinding> upserts = new ArrayList<>();
        List<StoredFinding> removed = new ArrayList<>();
        for (StoredFinding finding : now.findings()) {
            StoredFinding was = known.remove(finding.id());
            if (finding.equals(was)) {
                continue;
            }
            upserts.add(finding);
            // A finding stands under its bucket: one that moves leaves the place where it was.
            if (was != null && !was.bucket().equals(finding.bucket())) {
                removed.add(was);
            }
        }
        removed.addAll(known.values());
        Map<RollupKey, Long> deltas = new HashMap<>(now.counters());
        before.ifPresent(was -> was.counters().forEach((key, count) -> deltas.merge(key, -count, Long::sum)));
        deltas.values().removeIf(delta -> delta == 0);
        return new Projection(before, now, upserts, removed, deltas, HistoryEntry.between(before, now, confirmedAt));
    }
}
