package dev.demarc.pipeline;

import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.FeedEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Leaves evidence that the change feed of an account and service type is alive: whenever an event of the type arrives, whatever it comes to.
 * A canary is a resource of the type that is changed on a schedule, and its events are ordinary ones. Keeps no state that a restart must
 * bring back: the store keeps the newest time, and a new process at worst writes it once more.
 */
final class FeedPulse {
    private final EvidenceStore evidence;
    private final Duration step;
    private final Map<Feed, Instant> last = new HashMap<>();

    private record Feed(String account, String serviceType) {}

    /** Writes at most once in {@code step} of event time for one account and type: evidence is about windows of days. */
    FeedPulse(EvidenceStore evidence, Duration step) {
        this.evidence = evidence;
        this.step = step;
    }

    /** An event dated in the future gives evidence of {@code now}: a clock that is ahead must not keep a dead feed alive. */
    synchronized void beat(Observation observation, Instant now) {
        ResourceId id = observation.resource();
        Instant dated = observation.version().observedAt();
        Instant at = dated.isAfter(now) ? now : dated;
        Feed feed = new Feed(
                id.provider().word() + "#" + id.account(),
                observation.serviceType().name());
        Instant known = last.get(feed);
        if (known == null || at.isAfter(known.plus(step))) {
            evidence.putFeedEvidence(new FeedEvidence(id.provider(), id.account(), observation.serviceType(), at));
            last.put(feed, at);
        }
    }
}
