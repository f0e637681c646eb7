package dev.demarc.pipeline;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import dev.demarc.record.ObservationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a sweep writes of one resource: its observation, or that it is gone. */
final class SweepWriter {
    // Inventories follow a change within minutes: nothing that is younger is judged by what they do not show yet.
    private static final Duration SETTLED = Duration.ofMinutes(10);

    /** What became of a stored resource that the list did not show. */
    enum Retired {
        /** It is gone, and a tombstone says so. */
        GONE,
        /** It exists; its present state is recorded. */
        EVALUATED,
        /** It may not be read: nobody knows whether what is stored of it is still true. */
        DENIED,
        /** Too young to be judged by a list, not known well enough, or of another service type by now. */
        LEFT
    }

    private final Observer observer;
    private final ProviderReader reader;
    private final ObservationStore observations;

    SweepWriter(Observer observer, ProviderReader reader, ObservationStore observations) {
        this.observer = observer;
        this.reader = reader;
        this.observations = observations;
    }

    /**
     * Evaluates and records a listed resource; false when it belongs to another service type. One that no service type of the catalogue matches is
     * recorded too, so that it stays visible.
     */
    boolean record(CatalogueEntry entry, ProviderReader.Current current, Instant startedAt) {
        if (isOfAnother(entry, current)) {
            return false;
        }
        Observation observation =
                observer.observe(current.resource(), current.version(), current.tags(), current.body());
        boolean counts = observation.serviceType().equals(entry.serviceType());
        if ((counts || !observation.isCatalogued())
                && observations.record(observation) == ObservationStore.Outcome.OLDER) {
            reconcile(observation, current.clock(), startedAt);
        }
        return counts;
    }

    /** A variant of the same provider type has a sweep of its own; what stands beside its resources is not read here as well. */
    private boolean isOfAnother(CatalogueEntry entry, ProviderReader.Current current) {
        return observer.catalogue()
                .find(current.resource().type(), current.body())
                .filter(found -> !found.serviceType().equals(entry.serviceType()))
                .isPresent();
    }

    /**
     * The store holds a newer version: of an event that this listing does not show yet, or of a change beside the resource (a child, a policy, a
     * write event) that does not move the resource's own version. When it is older than what every inventory shows by now, the listing is
     * the truth, and an event that was lost is made good at the stored version; not where the listing's version shows that it is the older
     * state. A tombstone gives way only to a read that finds the resource.
     */
    private void reconcile(Observation observation, ProviderReader.Clock clock, Instant startedAt) {
        Optional<Observation> stored = observations.observation(observation.resource());
        if (stored.isEmpty() || !isSettled(stored.get(), startedAt)) {
            return;
        }
        Version version = stored.get().version();
        if (stored.get().isLive()) {
            if (clock == ProviderReader.Clock.ANOTHER) {
                observations.record(at(version, observation));
            }
        } else if (reader.current(observation.resource()) instanceof ProviderReader.CurrentRead.Exists) {
            observations.record(at(new Version(version.observedAt(), version.rank() + 1), observation));
        }
    }

    private static Observation at(Version version, Observation observation) {
        return new Observation(
                observation.resource(),
                observation.serviceType(),
                version,
                observation.state(),
                observation.catalogueRevision(),
                observation.labels(),
                observation.verdicts());
    }

    /**
     * Leaves a tombstone for a resource that a complete list did not show: one that a read says is gone, or that no read can show while the list
     * is known whole. The tombstone's version is the start of the sweep, so that any later event wins. One that exists is evaluated as a listed one.
     */
    Retired retire(CatalogueEntry entry, Observation known, Instant startedAt, boolean listedWhole) {
        ResourceId id = known.resource();
        if (!isSettled(known, startedAt)) {
            return Retired.LEFT;
        }
        return switch (reader.current(id)) {
            case ProviderReader.CurrentRead.Gone ignored -> tombstone(known, startedAt);
            case ProviderReader.CurrentRead.Unavailable ignored ->
                listedWhole ? tombstone(known, startedAt) : Retired.LEFT;
            case ProviderReader.CurrentRead.Denied ignored -> Retired.DENIED;
            case ProviderReader.CurrentRead.Exists(ProviderReader.Current current) ->
                record(entry, current, startedAt) ? Retired.EVALUATED : Retired.LEFT;
        };
    }

    private Retired tombstone(Observation known, Instant startedAt) {
        observations.record(Observation.tombstone(known.resource(), known.serviceType(), new Version(startedAt, 0)));
        return Retired.GONE;
    }

    private static boolean isSettled(Observation stored, Instant startedAt) {
        return stored.version().observedAt().isBefore(startedAt.minus(SETTLED));
    }

    /** What failed, without what a message may quote. */
    static String word(RuntimeException e) {
        return e instanceof InventoryFailure
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
    }
}
