package dev.demarc.local;

import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Outcome;
import java.io.PrintWriter;

/** Counts what became of the events of a run, and names each rejected input. */
final class Tally implements ChangePipeline.Listener {
    private final PrintWriter err;
    private final boolean verbose;
    private String where = "";
    private long events;
    private long recorded;
    private long unchanged;
    private long older;
    private long deleted;
    private long uncatalogued;
    private long skipped;
    private long rejected;

    /** {@code verbose} names each skipped input too. */
    Tally(PrintWriter err, boolean verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    /** The input whose events come next. */
    void at(String input) {
        this.where = input;
    }

    @Override
    public void handled(ChangeEvent event, Outcome outcome) {
        switch (outcome) {
            case Outcome.Recorded ignored -> recorded++;
            case Outcome.Unchanged ignored -> unchanged++;
            case Outcome.Older ignored -> older++;
            case Outcome.Deleted ignored -> deleted++;
            case Outcome.Uncatalogued ignored -> uncatalogued++;
            case Outcome.Skipped(String because) -> {
                skip(because);
                return;
            }
            case Outcome.Rejected(String because) -> {
                reject(because);
                return;
            }
        }
        events++;
    }

    void reject(String because) {
        events++;
        rejected++;
        err.println(where + ": rejected: " + because);
    }

    void skip(String because) {
        events++;
        skipped++;
        if (verbose) {
            err.println(where + ": skipped: " + because);
        }
    }

    long rejected() {
        return rejected;
    }

    Json json() {
        return Json.object()
                .with("events", events)
                .with("recorded", recorded)
                .with("unchanged", unchanged)
                .with("older", older)
                .with("deleted", deleted)
                .with("uncatalogued", uncatalogued)
                .with("skipped", skipped)
                .with("rejected", rejected)
                .build();
    }
}
