package dev.demarc.notify;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Decisions;
import dev.demarc.govern.Governance;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Posture;
import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import java.time.Instant;

/**
 * What happens because time goes by: validation lapses, reviews go stale, waivers run out, a day ends. Each transition is told once, whether
 * ticks run side by side, stop half-way or come late.
 */
public final class Clockwork {
    private final ScopedReads reads;
    private final Documents documents;
    private final Catalogue catalogue;

    public Clockwork(ScopedReads reads, Documents documents, Catalogue catalogue) {
        this.reads = reads;
        this.documents = documents;
        this.catalogue = catalogue;
    }

    /** What one tick did: the notices it wrote, and whether it took the day's snapshot. */
    public record Tick(int notices, boolean snapshot) {}

    /** Looks at a tenant; {@code scope} is the whole of it. */
    public Tick tick(Scope scope, Instant now) {
        if (!scope.isWhole()) {
            throw new IllegalArgumentException(
                    "the clock-driven work looks at a whole tenant; give a scope of all its accounts");
        }
        Governance governance = Decisions.load(documents, scope, now);
        Posture posture = new Posture(reads, scope, catalogue, governance, now);
        Workloads.note(documents, scope, posture.workloads(), now);
        int notices = ClockworkDecisions.waivers(documents, scope, now)
                + ClockworkOutgrown.run(documents, scope, governance.waivers(), posture.outgrownWaivers(), now)
                + ClockworkDecisions.attestations(documents, scope, governance.attestations(), now)
                + ClockworkRegister.run(documents, scope, governance.register(), catalogue, now)
                + ClockworkValidation.run(documents, scope, posture.accounts(), now);
        return new Tick(notices, Snapshots.take(documents, scope, () -> posture.audit(FindingFilter.ALL), now));
    }
}
