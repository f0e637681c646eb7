package dev.demarc.pipeline;

/** What became of one change event. A failure of the world is thrown, never an outcome. */
public sealed interface Outcome {
    record Recorded() implements Outcome {}

    record Unchanged() implements Outcome {}

    record Older() implements Outcome {}

    record Deleted() implements Outcome {}

    /** The service type has no catalogue entry; the resource is kept visible as an observation without verdicts. */
    record Uncatalogued() implements Outcome {}

    record Skipped(String because) implements Outcome {}

    record Rejected(String because) implements Outcome {}
}
