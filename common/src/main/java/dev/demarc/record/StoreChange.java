package dev.demarc.record;

import java.time.Instant;

/** One record of the store's change feed. At least once, in order for one resource. */
public sealed interface StoreChange permits ObservationChange, StoreChange.SweepEnded, StoreChange.HistoryAdded {
    /** Names the record in its feed. */
    String sequence();

    /** A sweep of an account and type ended; its evidence may confirm fixes. */
    record SweepEnded(String sequence, SweepEvidence evidence) implements StoreChange {}

    /**
     * A projection wrote a step of a resource's history: what notifications are made from. {@code recordedAt} is when it was written, the same
     * in every delivery; the step itself may have happened long before.
     */
    record HistoryAdded(String sequence, HistoryEntry entry, Instant recordedAt) implements StoreChange {
        public HistoryAdded(String sequence, HistoryEntry entry) {
            this(sequence, entry, entry.at());
        }
    }
}
