package dev.demarc.pipeline;

import dev.demarc.event.ChangeEvent;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TimeBounds;
import dev.demarc.model.Version;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.ObservationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * event → normalise → evaluate → record, for one change event. Failures of the provider or the store propagate, after a bounded number of
 * attempts at those that may pass: the platform retries. Safe to repeat.
 *
 * <p>One attempt makes at most one read of the resource, one of each companion, one write of the observation and one of evidence.
 */
public final class ChangePipeline {
    private static final Listener NOBODY = (event, outcome) -> {};

    private final Observer observer;
    private final EventReading reading;
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
        this.reading = new EventReading(observer, reader);
        this.observations = observations;
        this.pulse = new FeedPulse(evidence, options.evidenceStep());
        this.listener = options.listener();
        this.retry = options.retry();
    }

    /**
     * {@code now} is the time of the delivery: feed evidence is never dated later, and an event that is dated outside of
     * {@link TimeBounds} is rejected.
     */
    public Outcome handle(ChangeEvent event, Instant now) {
        Outcome outcome = outcome(event, now);
        listener.handled(event, outcome);
        return outcome;
    }

    private Outcome outcome(ChangeEvent event, Instant now) {
        if (version(event)
                .filter(version -> !TimeBounds.hold(version.observedAt(), now))
                .isPresent()) {
            return new Outcome.Rejected("the event is dated before 1970 or more than a day ahead of the clock");
        }
        return switch (event) {
            case ChangeEvent.Changed changed ->
                read(changed.resource(), changed.version(), () -> reading.changed(changed), now);
            case ChangeEvent.Touched touched ->
                read(touched.resource(), touched.version(), () -> reading.touched(touched), now);
            case ChangeEvent.Deleted deleted ->
                tried(() -> reading.deleted(deleted.resource(), deleted.version()), now);
            case ChangeEvent.CompanionChanged companion -> tried(() -> reading.companionChanged(companion), now);
            case ChangeEvent.Ignored(String because) -> new Outcome.Skipped(because);
            case ChangeEvent.Rejected(String because) -> new Outcome.Rejected(because);
        };
    }

    private static Optional<Version> version(ChangeEvent event) {
        return switch (event) {
            case ChangeEvent.Changed changed -> Optional.of(changed.version());
            case ChangeEvent.Touched touched -> Optional.of(touched.version());
            case ChangeEvent.Deleted deleted -> Optional.of(deleted.version());
            case ChangeEvent.CompanionChanged companion -> Optional.of(companion.version());
            case ChangeEvent.Ignored ignored -> Optional.empty();
            case ChangeEvent.Rejected ignored -> Optional.empty();
        };
    }

    private interface Attempt {
        EventReading.Result make();
    }

    private Outcome tried(Attempt attempt, Instant now) {
        return retry.call(() -> switch (attempt.make()) {
            case EventReading.Result.Observed(Observation observation) -> recorded(observation, now);
            case EventReading.Result.Nothing(Outcome outcome) -> outcome;
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
            Observation unknown = observer.unreadable(
                            resource, version, stale.getMessage() + ": not judged until it can be read")
                    .orElseThrow(() -> stale);
            Optional<Observation> stored = observations
                    .observation(resource)
                    .filter(one -> one.version().compareTo(version) >= 0 && !one.saysTheSameAs(unknown));
            if (stored.isPresent()) {
                // Another delivery has met a newer answer: a duplicate takes nothing back.
                return new Outcome.Older();
            }
            recorded(unknown, now);
            throw stale;
        }
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
