package dev.demarc.pipeline;

import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.ObservationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** event → normalise → evaluate → record, for one change event. Failures of the provider or the store propagate: the platform retries. */
public final class ChangePipeline {
    // Feed evidence is about windows of days: writing it for every event would double the writes.
    private static final Duration EVIDENCE_STEP = Duration.ofMinutes(15);

    private final Observer observer;
    private final ProviderReader reader;
    private final ObservationStore observations;
    private final EvidenceStore evidence;
    private final Listener listener;
    private final Map<String, Instant> lastEvidence = new HashMap<>();

    /** Told what became of each event: a function counts and logs, a run on one machine tallies. */
    public interface Listener {
        void handled(ChangeEvent event, Outcome outcome);
    }

    public ChangePipeline(
            Observer observer, ProviderReader reader, ObservationStore observations, EvidenceStore evidence) {
        this(observer, reader, observations, evidence, (event, outcome) -> {});
    }

    public ChangePipeline(
            Observer observer,
            ProviderReader reader,
            ObservationStore observations,
            EvidenceStore evidence,
            Listener listener) {
        this.listener = listener;
        this.observer = observer;
        this.reader = reader;
        this.observations = observations;
        this.evidence = evidence;
    }

    public Outcome handle(ChangeEvent event) {
        Outcome outcome = outcome(event);
        listener.handled(event, outcome);
        return outcome;
    }

    private Outcome outcome(ChangeEvent event) {
        return switch (event) {
            case ChangeEvent.Changed changed -> changed(changed);
            case ChangeEvent.Touched touched -> touched(touched.resource(), touched.version(), touched.because());
            case ChangeEvent.Deleted deleted -> deleted(deleted.resource(), deleted.version());
            case ChangeEvent.CompanionChanged companion -> companionChanged(companion);
            case ChangeEvent.Ignored(String because) -> new Outcome.Skipped(because);
            case ChangeEvent.Rejected(String because) -> new Outcome.Rejected(because);
        };
    }

    private Outcome changed(ChangeEvent.Changed changed) {
        if (changed.whole()
                || observer.catalogue().entriesOf(changed.resource().type()).isEmpty()) {
            return record(observer.observe(changed.resource(), changed.version(), changed.tags(), changed.body()));
        }
        if (reader.current(changed.resource()) instanceof ProviderReader.CurrentRead.Unavailable) {
            // What is there can be judged; what is not there stays unknown.
            return record(observer.observe(
                    changed.resource(),
                    changed.version(),
                    changed.tags(),
                    new Observer.Body(changed.body(), Observer.Completeness.PARTIAL),
                    Map.of()));
        }
        return touched(changed.resource(), changed.version(), "the event carries only a part of the configuration");
    }

    private Outcome touched(ResourceId resource, Version version, String because) {
        if (observer.catalogue().entriesOf(resource.type()).isEmpty()) {
            return record(
                    observer.observe(resource, version, Map.of(), Json.object().build()));
        }
        return switch (reader.current(resource)) {
            case ProviderReader.CurrentRead.Exists(ProviderReader.Current current) ->
                record(observer.observe(resource, newer(version, current.version()), current.tags(), current.body()));
            case ProviderReader.CurrentRead.Gone ignored -> deleted(resource, version);
            case ProviderReader.CurrentRead.Denied(String permission) ->
                unreadable(
                        resource,
                        version,
                        "the configuration could not be read: permission " + permission + " is denied");
            case ProviderReader.CurrentRead.Unavailable(String why) ->
                unreadable(resource, version, because + ", and it could not be read: " + why);
        };
    }

    private Outcome unreadable(ResourceId resource, Version version, String reason) {
        return observer.unreadable(resource, version, reason).map(this::record).orElse(new Outcome.Uncatalogued());
    }

    private Outcome companionChanged(ChangeEvent.CompanionChanged companion) {
        ResourceId parent = companion.parent();
        if (observer.catalogue().entriesOf(parent.type()).isEmpty()) {
            return new Outcome.Uncatalogued();
        }
        return switch (reader.current(parent)) {
            case ProviderReader.CurrentRead.Exists(ProviderReader.Current current) ->
                record(observer.observe(
                        parent,
                        newer(companion.version(), current.version()),
                        current.tags(),
                        new Observer.Body(current.body(), Observer.Completeness.WHOLE),
                        companion.body().isObject() ? Map.of(companion.companionType(), companion.body()) : Map.of()));
            case ProviderReader.CurrentRead.Gone ignored -> deleted(parent, companion.version());
            case ProviderReader.CurrentRead.Denied(String permission) ->
                unreadable(
                        parent,
                        companion.version(),
                        "the configuration could not be read: permission " + permission + " is denied");
            // The parent's own verdicts stand until it can be read: overwriting them with UNKNOWN would lose what is
            // known.
            case ProviderReader.CurrentRead.Unavailable(String why) ->
                new Outcome.Skipped(
                        "a document beside the resource changed, and the resource could not be read: " + why);
        };
    }

    private Outcome deleted(ResourceId resource, Version version) {
        Observation tombstone = Observation.tombstone(resource, observer.serviceType(resource), version);
        Outcome outcome = recorded(tombstone);
        return outcome instanceof Outcome.Recorded ? new Outcome.Deleted() : outcome;
    }

    private Outcome record(Observation observation) {
        Outcome outcome = recorded(observation);
        return observation.isCatalogued() ? outcome : new Outcome.Uncatalogued();
    }

    private Outcome recorded(Observation observation) {
        ObservationStore.Outcome outcome = observations.record(observation);
        leaveEvidence(observation);
        return switch (outcome) {
            case RECORDED -> new Outcome.Recorded();
            case UNCHANGED -> new Outcome.Unchanged();
            case OLDER -> new Outcome.Older();
        };
    }

    private synchronized void leaveEvidence(Observation observation) {
        ResourceId id = observation.resource();
        String key = id.provider().word() + "|" + id.account() + "|" + observation.serviceType();
        Instant at = observation.version().observedAt();
        Instant last = lastEvidence.get(key);
        if (last == null || at.isAfter(last.plus(EVIDENCE_STEP))) {
            evidence.putFeedEvidence(
                    new FeedEvidence(id.provider(), id.account(), observation.serviceType(), at));
            lastEvidence.put(key, at);
        }
    }

    private static Version newer(Version a, Version b) {
        return Optional.of(a).filter(version -> version.compareTo(b) >= 0).orElse(b);
    }
}
