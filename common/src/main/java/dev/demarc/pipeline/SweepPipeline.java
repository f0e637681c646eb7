package dev.demarc.pipeline;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.ObservationStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Evaluates everything that exists in one account, service type by service type, and leaves evidence of what it covered. It can stop before
 * any page and go on from the checkpoint, also after it was killed: before each page it leaves evidence that says where it stands. A type is
 * COMPLETE only when the inventory vouches for it, every page was read, and every resource was evaluated and recorded; only then are resources
 * that it did not see retired.
 */
public final class SweepPipeline {
    private final Observer observer;
    private final ProviderReader reader;
    private final Inventory inventory;
    private final ObservationStore observations;
    private final EvidenceStore evidence;
    private final StoredResources stored;
    private final Retry retry;

    /** The live observations that the store holds of one account and service type. */
    public interface StoredResources {
        List<Observation> of(Provider provider, String account, ServiceType serviceType);
    }

    /** Leaves every retry to the platform. */
    public SweepPipeline(
            Observer observer,
            ProviderReader reader,
            Inventory inventory,
            ObservationStore observations,
            EvidenceStore evidence,
            StoredResources stored) {
        this(observer, reader, inventory, observations, evidence, stored, Retry.none());
    }

    public SweepPipeline(
            Observer observer,
            ProviderReader reader,
            Inventory inventory,
            ObservationStore observations,
            EvidenceStore evidence,
            StoredResources stored,
            Retry retry) {
        this.observer = observer;
        this.reader = reader;
        this.inventory = inventory;
        this.observations = observations;
        this.evidence = evidence;
        this.stored = stored;
        this.retry = retry;
    }

    /** The service types of this account's provider, by name: a checkpoint counts on that order. */
    public List<CatalogueEntry> scope() {
        return observer.catalogue().serviceTypes().stream()
                .sorted()
                .flatMap(type -> observer.catalogue().entry(type).stream())
                .filter(entry -> entry.provider() == inventory.provider())
                .toList();
    }

    /**
     * Runs from the checkpoint until the end or until {@code stop} says so, and answers where to go on; empty when the sweep has ended.
     * {@code now} is the time of this run, used for evidence. Throws {@link Transient} when it cannot go on for the moment; everything before
     * that page is done and need not be repeated.
     */
    public Optional<Checkpoint> run(Checkpoint from, Instant now, BooleanSupplier stop) {
        Inventory.Coverage coverage = retry.call(inventory::coverage);
        for (CatalogueEntry entry : scope()) {
            String name = entry.serviceType().name();
            int order = name.compareTo(from.serviceType());
            if (order < 0) {
                continue;
            }
            Checkpoint at = order == 0 ? from : Checkpoint.beginning(from.startedAt(), name);
            Optional<String> gap = coverage.gap(entry.match().type());
            TypeSweep type = new TypeSweep(entry, parts(), at, now, gap);
            if (!type.runs(stop)) {
                return Optional.of(type.checkpoint());
            }
        }
        return Optional.empty();
    }

    private TypeSweep.Parts parts() {
        return new TypeSweep.Parts(
                observer, inventory, new SweepWriter(observer, reader, observations), evidence, stored, retry);
    }
}
