package dev.demarc.pipeline;

import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.util.Map;

/** From an event to an observation: judges what the event carries, or reads what it does not. Writes nothing. */
final class EventReading {
    private final Observer observer;
    private final ProviderReader reader;

    /** What an event comes to: an observation, or an outcome that records nothing. */
    sealed interface Result {
        record Observed(Observation observation) implements Result {}

        record Nothing(Outcome outcome) implements Result {}
    }

    EventReading(Observer observer, ProviderReader reader) {
        this.observer = observer;
        this.reader = reader;
    }

    Result changed(ChangeEvent.Changed changed) {
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

    Result touched(ChangeEvent.Touched touched) {
        ResourceId resource = touched.resource();
        if (!observer.knows(resource.type())) {
            Json nothing = Json.object().build();
            return new Result.Observed(observer.observe(resource, touched.version(), Map.of(), nothing));
        }
        return judged(notOlder(resource, touched.version()), resource, touched.version(), touched.because(), Map.of());
    }

    Result companionChanged(ChangeEvent.CompanionChanged companion) {
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

    Result deleted(ResourceId resource, Version version) {
        return new Result.Observed(Observation.tombstone(resource, observer.serviceType(resource), version));
    }
}
