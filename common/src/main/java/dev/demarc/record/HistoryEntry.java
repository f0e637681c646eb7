package dev.demarc.record;

import dev.demarc.model.ControlId;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One step in the history of a resource's verdicts, written in the transaction of the projection that made it. {@code id} sorts by time
 * within the resource and is the same for every replay of the same step; {@code at} is the time of the configuration, or of the sweep that
 * confirmed a fix.
 */
public record HistoryEntry(
        String tenant, ResourceId resource, ServiceType serviceType, String id, Instant at, List<Change> changes) {
    /** The word for a control that had no verdict before, or has none any more. */
    public static final String NONE = "NONE";

    /** One control's change between the words of {@link Projected#words}. */
    public record Change(ControlId control, String from, String to) {
        public Kind kind() {
            boolean failed = isFailing(from);
            boolean fails = isFailing(to);
            if (fails) {
                return !failed ? Kind.OPENED : to.equals(Projected.NON_COMPLIANT) ? Kind.WORSENED : Kind.CHANGED;
            }
            if (to.equals(Projected.FIXED)) {
                // Also of one that failed before it ceased to apply: it has a finding again, until evidence closes it.
                return Kind.FIXED;
            }
            return failed || from.equals(Projected.FIXED) ? Kind.CLOSED : Kind.CHANGED;
        }

        private static boolean isFailing(String word) {
            return word.equals(Projected.NON_COMPLIANT) || word.equals(Projected.UNKNOWN);
        }
    }

    /** What a change means for the finding of the control; {@code CHANGED} opens and closes none. */
    public enum Kind {
        OPENED,
        WORSENED,
        FIXED,
        CLOSED,
        CHANGED
    }

    public HistoryEntry {
        changes = List.copyOf(changes);
    }

    /** The step between two states; empty when no control's word differs. */
    static Optional<HistoryEntry> between(Optional<Projected> before, Projected now, Optional<Instant> confirmedAt) {
        SortedMap<ControlId, String> from = before.map(Projected::words).orElse(new TreeMap<>());
        SortedMap<ControlId, String> to = now.words();
        TreeMap<ControlId, Change> changes = new TreeMap<>();
        to.forEach((control, word) -> {
            String was = from.getOrDefault(control, NONE);
            if (!was.equals(word)) {
                changes.put(control, new Change(control, was, word));
            }
        });
        from.forEach((control, was) -> {
            if (!to.containsKey(control)) {
                changes.put(control, new Change(control, was, NONE));
            }
        });
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        // The step is the same however often it is tried, and no other step of the resource has it.
        String id = now.observation().version().sortable() + String.format(Locale.ROOT, "+%012d", now.step());
        Instant at = confirmedAt.orElse(now.observation().version().observedAt());
        return Optional.of(new HistoryEntry(
                now.tenant(), now.resource(), now.observation().serviceType(), id, at, List.copyOf(changes.values())));
    }
}
