package dev.demarc.notify;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Decisions;
import dev.demarc.query.Finding;
import dev.demarc.query.Posture;
import dev.demarc.query.Priority;
import dev.demarc.record.Documents;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.record.StoreChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes notices of what projections changed, for tenants that have an active webhook: without a listener the history alone keeps it, and
 * nothing is written twice. Whether there is one, and how urgent findings are, is looked up at most once a minute. Not for threads.
 */
public final class Teller {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final ScopedReads reads;
    private final Documents documents;
    private final Catalogue catalogue;
    private final NoticeLog log;
    private final Webhooks webhooks;
    private final Map<String, Listeners> listeners = new HashMap<>();

    private record Listeners(boolean any, Posture posture, Instant at) {}

    public Teller(ScopedReads reads, Documents documents, Catalogue catalogue) {
        this.reads = reads;
        this.documents = documents;
        this.catalogue = catalogue;
        this.log = new NoticeLog(documents);
        this.webhooks = new Webhooks(documents, TargetCheck.strict());
    }

    /** Answers how many notices are new. Safe to repeat. */
    public int tell(StoreChange change, Instant now) {
        if (!(change instanceof StoreChange.HistoryAdded(String ignored, HistoryEntry entry, Instant recordedAt))) {
            return 0;
        }
        Scope scope = Scope.operator(entry.tenant());
        Listeners listening = listeners.compute(
                entry.tenant(),
                (tenant, known) ->
                        known == null || known.at().isBefore(now.minus(REMEMBERED)) ? listeners(scope, now) : known);
        return listening.any() ? log.write(scope, Notices.of(entry, recordedAt, bandOf(listening)), now) : 0;
    }

    private static Function<String, Optional<Priority.Band>> bandOf(Listeners listening) {
        return finding ->
                listening.posture().finding(finding).map(Finding::priority).map(Priority::band);
    }

    private Listeners listeners(Scope scope, Instant now) {
        boolean any = webhooks.list(scope).stream().anyMatch(webhook -> webhook.state() == Webhook.State.ACTIVE);
        Posture posture = new Posture(reads, scope, catalogue, Decisions.load(documents, scope), now);
        return new Listeners(any, posture, now);
    }
}
