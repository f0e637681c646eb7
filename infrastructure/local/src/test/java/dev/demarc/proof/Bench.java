package dev.demarc.proof;

import dev.demarc.record.CentralStore;

/** One store adapter set up for proofs. */
interface Bench extends AutoCloseable {
    String name();

    /** The store without faults, for the reckoning. */
    CentralStore store();

    /** The store as the functions reach it: through whatever makes faults, while they are on. */
    CentralStore faulty();

    /** Starts making faults; stops when closed. */
    AutoCloseable faults();

    /**
     * Projects what the change feed holds, through the given store, and some of it twice; a step lies between a change and its acknowledgement. False when a failure stopped it:
     * the rest is still in the feed.
     */
    boolean project(CentralStore through, Steps steps);

    /** How many workers deliver at once. */
    int workers();

    @Override
    void close();
}
