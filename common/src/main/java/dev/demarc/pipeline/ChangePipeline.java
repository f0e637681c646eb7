package dev.demarc.pipeline;

import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.ObservationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * event → normalise → evaluate → record, for one change event. Failures of the provider or the store propagate, after a bounded number of
 * attempts at those that may pass: the platform retries. Safe to repeat.
 *
 * <p>One attempt makes at most one read of the resource, one of each companion, one write of the observation and one of evidence.
 */
public final class ChangePipeline {
    private static final Listener NOBODY = (event, outcome) -> {};

    private final Observer observer;
    private final ProviderReader reader;
    private final ObservationStore observations;
    private final FeedPulse pulse;
    private final Listener listener;
    private final Retry retry;

    /** Told what became of each event: a function counts and logs, a run on one machine tallies. */
    public interface Listener {
        void handled(ChangeEvent event, Outcome outcome);
    }

    /** How it is run: who is told, how often is tried, and the step of feed evidence (it is about windows of days). */
    public record Options(Listener listener, Retry retry, Duration evidenceStep) {
        public static final Duration EVIDENCE_STEP = Duration.ofMinutes(15);
    }

    /** Tells nobody and leaves every retry to the platform. */
    public ChangePipeline(
            Observer observer, ProviderReader reader, ObservationStore observations, EvidenceStore evidence) {
        this(observer, reader, observations, evidence, NOBODY);
    }

    public ChangePipeline(
            Observer observer,
            ProviderReader reader,
            ObservationStore observations,
            EvidenceStore evidence,
            Listener listener) {
        this(observer, reader, observations, evidence, new Options(listener, Retry.none(), Options.EVIDENCE_STEP));
    }

    public ChangePipeline(
            Observer observer,
            ProviderReader reader,
            ObservationStore observations,
            EvidenceStore evidence,
            Retry retry) {
        this(observer, reader, observations, evidence, new Options(NOBODY, retry, Options.EVIDENCE_STEP));
    }

    public ChangePipeline(
            Observer observer,
            ProviderReader reader,
            ObservationStore observations,
            EvidenceStore evidence,
            Options options) {
        this.observer = observer;
        this.reader = reader;
        this.observations = observations;
        this.pulse = new FeedPulse(evidence, options.evidenceStep());
        this.listener = options.listener();
        this.retry = options.retry();
    }

    /** {@code now} is the time of the delivery: feed evidence is never dated later. */
    public Outcome handle(ChangeEvent event, Instant now) {
        Outcome outcome = outcome(event, now);
        listener.handled(event, outcome);
        return outcome;
    }

    private Outcome outcome(ChangeEvent event, Instant now) {
        return switch (event) {
            case ChangeEvent.Changed changed ->
                read(changed.resource(), changed.version(), () -> changed(changed), now);
            case ChangeEvent.Touched touched ->
                read(touched.resource(), touched.version(), () -> touched(touched), now);
            case ChangeEvent.Deleted deleted -> tried(() -> deleted(deleted.resource(), deleted.version()), now);
            case ChangeEvent.CompanionChanged companion -> tried(() -> companionChanged(companion), now);
            case ChangeEvent.Ignored(String because) -> new Outcome.Skipped(because);
            case ChangeEvent.Rejected(String because) -> new Outcome.Rejected(because);
        };
    }

    /** What an event comes to: an observation, or an outcome that records nothing. */
    private sealed interface Result {
        record Observed(Observation observation) implements Result {}

        record Nothing(Outcome outcome) implements Result {}
    }

    private interface Attempt {
        Result make();
    }

    private Outcome tried(Attempt attempt, Instant now) {
        return retry.call(() -> switch (attempt.make()) {
            case Result.Observed(Observation observation) -> recorded(observation, now);
            case Result.Nothing(Outcome outcome) -> outcome;
        });
    }

    /**
     * When the answers stay older than the change, the last attempt leaves the resource UNKNOWN at the version of the change, so that no
     * older verdict passes for the current one, and throws: a later delivery, or the next sweep, finds the current state.
     */
    private Outcome read(ResourceId resource, Version version, Attempt attempt, Instant now) {
        try {
            return tried(attempt, now);
        } catch (StaleRead stale) {
            observer.unreadable(resource, version, stale.getMessage() + ": not judged until it can be read")
                    .ifPresent(unknown -> recorded(unknown, now));
            throw stale;
        }
    }

    private Result changed(ChangeEvent.Changed changed) {
        ResourceId resource = changed.resource();
        if (changed.whole() || !observer.knows(resource.type())) {
            return new Result.Observed(observer.observe(resource, changed.version(), changed.tags(), changed.body()));
        }
        ProviderReader.CurrentRead read = notOlder(resource, changed.version());
        if (read instanceof ProviderReader.CurrentRead.Unavailable) {
            // What is there can be judged; what is not there stays unknown.
            return new Result.Observed(observer.observe(
                    resource,
                    changed.version(),
                    changed.tags(),
                    new Observer.Body(changed.body(), Observer.Completeness.PARTIAL),
                    Map.of()));
        }
        return judged(
                read, resource, changed.version(), "the event carries only a part of the configuration", Map.of());
    }

    private Result touched(ChangeEvent.Touched touched) {
        ResourceId resource = touched.resource();
        if (!observer.knows(resource.type())) {
            Json nothing = Json.object().build();
            return new Result.Observed(observer.observe(resource, touched.version(), Map.of(), nothing));
        }
        return judged(notOlder(resource, touched.version()), resource, touched.version(), touched.because(), Map.of());
    }

    private Result companionChanged(ChangeEvent.CompanionChanged companion) {
        ResourceId parent = companion.parent();
        if (!observer.knows(parent.type())) {
            return new Result.Nothing(new Outcome.Uncatalogued());
        }
        ProviderReader.CurrentRead read = reader.current(parent);
        if (read instanceof ProviderReader.CurrentRead.Unavailable(String why)) {
            // The parent's own verdicts stand until it can be read: overwriting them with UNKNOWN would lose what is
            // known.
            return new Result.Nothing(new Outcome.Skipped(
                    "a document beside the resource changed, and the resource could not be read: " + why));
        }
        // A document older than the resource may be older than the companion is by now: then the companion is read.
        boolean newest = companion.body().isObject()
                && !(read instanceof ProviderReader.CurrentRead.Exists(ProviderReader.Current current)
                        && current.version().compareTo(companion.version()) > 0);
        Map<String, Json> atHand = newest ? Map.of(companion.companionType(), companion.body()) : Map.of();
        return judged(read, parent, companion.version(), "a document beside it changed", atHand);
    }

    /** The observation of a read that an event of this version asked for. */
    private Result judged(
            ProviderReader.CurrentRead read,
            ResourceId resource,
            Version version,
            String because,
            Map<String, Json> atHand) {
        return switch (read) {
            case ProviderReader.CurrentRead.Exists(ProviderReader.Current current) ->
                new Result.Observed(observer.observe(
                        resource,
                        current.version().compareTo(version) > 0 ? current.version() : version,
                        current.tags(),
                        new Observer.Body(current.body(), Observer.Completeness.WHOLE),
                        atHand));
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

    /** The answer of the provider, refused when it is older than the change that asks for it. */
    private ProviderReader.CurrentRead notOlder(ResourceId resource, Version version) {
        ProviderReader.CurrentRead read = reader.current(resource);
        if (read instanceof ProviderReader.CurrentRead.Exists(ProviderReader.Current current)
                && current.clock() == ProviderReader.Clock.OF_EVENTS
                && current.version().compareTo(version) < 0) {
            throw new StaleRead(resource);
        }
        return read;
    }

    private Result unreadable(ResourceId resource, Version version, String reason) {
        return observer.unreadable(resource, version, reason)
                .<Result>map(Result.Observed::new)
                .orElse(new Result.Nothing(new Outcome.Uncatalogued()));
    }

    private Result deleted(ResourceId resource, Version version) {
        return new Result.Observed(Observation.tombstone(resource, observer.serviceType(resource), version));
    }

    private Outcome recorded(Observation observation, Instant now) {
        ObservationStore.Outcome outcome = observations.record(observation);
        pulse.beat(observation, now);
        if (observation.isLive() && !observation.isCatalogued()) {
            return new Outcome.Uncatalogued();
        }
        return switch (outcome) {
            case RECORDED -> observation.isLive() ? new Outcome.Recorded() : new Outcome.Deleted();
            case UNCHANGED -> new Outcome.Unchanged();
            case OLDER -> new Outcome.Older();
        };
    }
}
