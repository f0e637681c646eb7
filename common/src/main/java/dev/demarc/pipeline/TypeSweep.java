package dev.demarc.pipeline;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.model.Observation;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.SweepEvidence;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** One generation's sweep of one service type, from a checkpoint on. */
final class TypeSweep {
    // So many failures on end are not the fault of so many resources.
    private static final int ON_END = 10;

    /** What a sweep works with. */
    record Parts(
            Observer observer,
            Inventory inventory,
            SweepWriter writer,
            EvidenceStore evidence,
            SweepPipeline.StoredResources stored,
            Retry retry) {}

    private final CatalogueEntry entry;
    private final Parts parts;
    private final Instant startedAt;
    private final Instant now;
    private final Optional<String> gap;
    private final Set<Long> seen;
    private final boolean seenWhole;
    private Optional<String> pageToken;
    private long discovered;
    private long evaluated;
    private long failed;
    private int failedOnEnd;
    private String note = "";
    private String firstFailure = "";

    TypeSweep(CatalogueEntry entry, Parts parts, Checkpoint from, Instant now, Optional<String> gap) {
        this.entry = entry;
        this.parts = parts;
        this.startedAt = from.startedAt();
        this.now = now;
        this.gap = gap;
        this.seen = new TreeSet<>(from.seen().hashes());
        this.seenWhole = from.seen().whole();
        this.pageToken = from.pageToken();
        this.discovered = from.discovered();
        this.evaluated = from.evaluated();
        this.failed = from.failed();
    }

    /** Where it stands: before the next page. */
    Checkpoint checkpoint() {
        return new Checkpoint(
                startedAt,
                entry.serviceType().name(),
                pageToken,
                discovered,
                evaluated,
                failed,
                new Seen(seen, seenWhole));
    }

    /** True when the type has ended; false when {@code stop} said so before a page. */
    boolean runs(BooleanSupplier stop) {
        do {
            leave(SweepEvidence.State.UNDER_WAY, checkpoint().note());
            if (stop.getAsBoolean()) {
                return false;
            }
        } while (pageWasRead() && pageToken.isPresent());
        if (note.isEmpty() && gap.isPresent()) {
            note = gap.get();
        }
        if (note.isEmpty() && failed == 0) {
            retire();
        }
        boolean complete = note.isEmpty() && failed == 0;
        leave(
                complete ? SweepEvidence.State.COMPLETE : SweepEvidence.State.INCOMPLETE,
                complete || !note.isEmpty()
                        ? note
                        : failed + " of " + discovered + " resources could not be read, evaluated or recorded"
                                + firstFailure);
        return true;
    }

    /** False when the type cannot be listed further; the note then says why. */
    private boolean pageWasRead() {
        Inventory.Page page;
        try {
            page = parts.retry().call(() -> parts.inventory().list(entry.match().type(), pageToken));
        } catch (Transient interrupted) {
            throw interrupted;
        } catch (RuntimeException e) {
            // Not a failure that passes: the other types are not held up by it.
            note = "a page of the inventory could not be read: " + SweepWriter.word(e);
            return false;
        }
        discovered += page.unreadable();
        failed += page.unreadable();
        for (ProviderReader.Current current : page.resources()) {
            seen.add(Seen.hash(current.resource()));
            judge(current);
            if (failedOnEnd >= ON_END) {
                note = ON_END + " resources on end could not be evaluated or recorded" + firstFailure;
                return false;
            }
        }
        pageToken = page.next();
        return true;
    }

    private void judge(ProviderReader.Current current) {
        try {
            boolean counts = parts.retry().call(() -> parts.writer().record(entry, current, startedAt));
            discovered += counts ? 1 : 0;
            evaluated += counts ? 1 : 0;
            failedOnEnd = 0;
        } catch (RuntimeException e) {
            discovered++;
            failed++;
            failedOnEnd++;
            because(e);
        }
    }

    /** A resource whose read fails or is denied stays, and the type is not complete: what stands in the store of it may be out of date. */
    private void retire() {
        for (Observation known : parts.stored()
                .of(parts.inventory().provider(), parts.inventory().account(), entry.serviceType())) {
            if (seen.contains(Seen.hash(known.resource()))) {
                continue;
            }
            try {
                count(parts.retry().call(() -> parts.writer().retire(entry, known, startedAt, seenWhole)));
            } catch (RuntimeException e) {
                because(e);
                count(SweepWriter.Retired.DENIED);
            }
        }
    }

    /** The evidence names the first cause; the others are usually the same. */
    private void because(RuntimeException e) {
        if (firstFailure.isEmpty()) {
            firstFailure = ", the first because of: " + SweepWriter.word(e);
        }
    }

    private void count(SweepWriter.Retired retired) {
        switch (retired) {
            case EVALUATED -> {
                // Of a list whose beginning is forgotten, it may have been counted there.
                discovered += seenWhole ? 1 : 0;
                evaluated += seenWhole ? 1 : 0;
            }
            case DENIED -> {
                discovered++;
                failed++;
            }
            case GONE, LEFT -> {}
        }
    }

    private void leave(SweepEvidence.State state, String because) {
        parts.evidence()
                .putSweepEvidence(new SweepEvidence(
                        parts.inventory().provider(),
                        parts.inventory().account(),
                        entry.serviceType(),
                        startedAt,
                        now,
                        state,
                        discovered,
                        evaluated,
                        failed,
                        because));
    }
}
