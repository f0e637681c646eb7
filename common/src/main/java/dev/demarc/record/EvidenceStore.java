package dev.demarc.record;

/** Where an account leaves evidence that its change feed and its sweeps are alive. */
public interface EvidenceStore {

    /** Keeps the newest event time of each account and service type; an older one changes nothing. */
    void putFeedEvidence(FeedEvidence evidence);

    /** Keeps the newest ended generation, and the newest one under way, of each account and service type; an older generation changes nothing. */
    void putSweepEvidence(SweepEvidence evidence);
}
