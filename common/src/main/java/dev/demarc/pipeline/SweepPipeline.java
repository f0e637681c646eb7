package dev.demarc.pipeline;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.ObservationStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Evaluates everything that exists in one account, service type by service type, and leaves evidence of what it covered. It can stop
 * after any page and go on from the checkpoint. Only a type listed to its end retires resources, and each only after a read says that it is gone.
 */
public final class SweepPipeline {
    private final Observer observer;
    private final ProviderReader reader;
    private final Inventory inventory;
    private final ObservationStore observations;
    private final EvidenceStore evidence;
    private final StoredResources stored;

    /** The live observations that the store holds of one account and service type. */
    public interface StoredResources {
        List<Observation> of(Provider provider, String account, ServiceType serviceType);
    }

    public SweepPipeline(
            Observer observer,
            ProviderReader reader,
            Inventory inventory,
            ObservationStore observations,
            EvidenceStore evidence,
            StoredResources stored) {
        this.observer = observer;
        this.reader = reader;
        this.inventory = inventory;
        this.observations = observations;
        this.evidence = evidence;
        this.stored = stored;
    }

    /** The service types of this account's provider, in a fixed order: a checkpoint counts on it. */
    public List<CatalogueEntry> scope() {
        return observer.catalogue().serviceTypes().stream()
                .sorted()
                .flatMap(type -> observer.catalogue().entry(type).stream())
                .filter(entry -> entry.provider() == inventory.provider())
                .toList();
    }

    /**
     * Runs from the checkpoint until the end or until {@code stop} says so, and answers where to go on; empty when the sweep is complete.
     * {@code now} is the time of this run, used for evidence and for tombstones.
     */
    public Optional<Checkpoint> run(Checkpoint from, Instant now, BooleanSupplier stop) {
        List<CatalogueEntry> scope = scope();
        Checkpoint at = from;
        while (at.typeIndex() < scope.size()) {
            CatalogueEntry entry = scope.get(at.typeIndex());
            Set<String> seen = new HashSet<>();
            Optional<Checkpoint> paused = sweepType(entry, at, seen, now, stop);
            if (paused.isPresent()) {
                return paused;
            }
            at = at.nextType();
        }
        return Optional.empty();
    }

    private Optional<Checkpoint> sweepType(
            CatalogueEntry entry, Checkpoint from, Set<String> seen, Instant now, BooleanSupplier stop) {
        Checkpoint at = from;
        do {
            if (stop.getAsBoolean()) {
                leave(entry, at, now, false);
                return Optional.of(at);
            }
            Inventory.Page page = inventory.list(entry.match().type(), at.pageToken());
            long discovered = at.discovered();
            long evaluated = at.evaluated();
            for (ProviderReader.Current current : page.resources()) {
                seen.add(current.resource().key());
                Observation observation =
                        observer.observe(current.resource(), current.version(), current.tags(), current.body());
                if (observation.serviceType().equals(entry.serviceType())) {
                    discovered++;
                    evaluated++;
                    observations.record(observation);
                }
            }
            at = new Checkpoint(
                    at.startedAt(),
                    at.typeIndex(),
                    page.next(),
                    discovered + page.unreadable(),
                    evaluated,
                    at.failed() + page.unreadable());
        } while (at.pageToken().isPresent());
        retire(entry, seen, now);
        leave(entry, at, now, at.failed() == 0);
        return Optional.empty();
    }

    private void retire(CatalogueEntry entry, Set<String> seen, Instant now) {
        for (Observation known : stored.of(inventory.provider(), inventory.account(), entry.serviceType())) {
            ResourceId id = known.resource();
            if (!seen.contains(id.key()) && reader.current(id) instanceof ProviderReader.CurrentRead.Gone) {
                observations.record(Observation.tombstone(id, known.serviceType(), new Version(now, 0)));
            }
        }
    }

    private void leave(CatalogueEntry entry, Checkpoint at, Instant now, boolean complete) {
        evidence.putSweepEvidence(new SweepEvidence(
                inventory.provider(),
                inventory.account(),
                entry.serviceType(),
                at.startedAt(),
                now,
                complete ? SweepEvidence.State.COMPLETE : SweepEvidence.State.UNDER_WAY,
                at.discovered(),
                at.evaluated(),
                at.failed(),
                ""));
    }
}
