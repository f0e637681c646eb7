package dev.demarc.record;

/** One record of the store's change feed. At least once, in order for one resource. */
public sealed interface StoreChange permits ObservationChange, StoreChange.SweepEnded, StoreChange.HistoryAdded {
    /** Names the record in its feed. */
    String sequence();

    /** A sweep of an account and type ended; its evidence may confirm fixes. */
    record SweepEnded(String sequence, SweepEvidence evidence) implements StoreChange {}

    /** A projection wrote a step of a resource's history: what notifications are made from. */
    record HistoryAdded(String sequence, HistoryEntry entry) implements StoreChange {}
}
