package dev.demarc.pipeline;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.CompanionSpec;
import dev.demarc.catalogue.Walk;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.json.Json;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Version;
import dev.demarc.normalise.Normaliser;
import dev.demarc.normalise.SourceDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Normalise and evaluate: from a provider's document to the observation, the same for an event and for a sweep read. */
public final class Observer {
    private final Catalogue catalogue;
    private final ProviderReader reader;
    private final TagKeys tagKeys;
    private final Map<ServiceType, Evaluator> evaluators = new ConcurrentHashMap<>();

    public Observer(Catalogue catalogue, ProviderReader reader, TagKeys tagKeys) {
        this.catalogue = catalogue;
        this.reader = reader;
        this.tagKeys = tagKeys;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /** Whether the catalogue has an entry for the provider's type. */
    boolean knows(String providerType) {
        return !catalogue.entriesOf(providerType).isEmpty();
    }

    /** The observation of a document; without verdicts when the catalogue has no entry for its type. */
    public Observation observe(ResourceId id, Version version, Map<String, String> tags, Json body) {
        return observe(id, version, tags, new Body(body, Completeness.WHOLE), Map.of());
    }

    /** Whether absence in a document means anything. */
    public enum Completeness {
        WHOLE,
        PARTIAL
    }

    /** A provider's document and whether it was read whole. */
    public record Body(Json json, Completeness completeness) {}

    /** As {@link #observe}, with companion documents that are already at hand, by companion type. */
    public Observation observe(
            ResourceId id, Version version, Map<String, String> tags, Body whole, Map<String, Json> companionsAtHand) {
        Json body = whole.json();
        Optional<CatalogueEntry> found = catalogue.find(id.type(), body);
        Labels labels = Labels.from(tags, tagKeys);
        if (found.isEmpty()) {
            return new Observation(
                    id, new ServiceType(id.type()), version, Observation.State.LIVE, "", labels, new TreeMap<>());
        }
        CatalogueEntry entry = found.get();
        SourceDocument document = new SourceDocument(
                body, whole.completeness() == Completeness.WHOLE, companions(entry, id, body, companionsAtHand));
        return new Observation(
                id,
                entry.serviceType(),
                version,
                Observation.State.LIVE,
                entry.revision(),
                labels,
                evaluator(entry).evaluate(Normaliser.normalise(entry, id, version, labels, document)));
    }

    /** The observation of a resource that exists and whose configuration could not be read. Empty when the type is not in the catalogue. */
    public Optional<Observation> unreadable(ResourceId id, Version version, String reason) {
        return catalogue.entriesOf(id.type()).stream()
                .findFirst()
                .map(entry -> new Observation(
                        id,
                        entry.serviceType(),
                        version,
                        Observation.State.LIVE,
                        entry.revision(),
                        Labels.NONE,
                        evaluator(entry).unreadable(reason)));
    }

    /** The service type a provider type belongs to when no document tells its variant. */
    public ServiceType serviceType(ResourceId id) {
        return catalogue.entriesOf(id.type()).stream()
                .findFirst()
                .map(CatalogueEntry::serviceType)
                .orElse(new ServiceType(id.type()));
    }

    private Evaluator evaluator(CatalogueEntry entry) {
        Evaluator known = evaluators.get(entry.serviceType());
        return known != null ? known : evaluators.computeIfAbsent(entry.serviceType(), ignored -> Evaluator.of(entry));
    }

    private Map<String, SourceDocument.Companion> companions(
            CatalogueEntry entry, ResourceId id, Json body, Map<String, Json> atHand) {
        Map<String, SourceDocument.Companion> companions =
                HashMap.newHashMap(entry.companions().size());
        for (CompanionSpec spec : entry.companions().values()) {
            Optional<Json> given = atHand.isEmpty() ? Optional.empty() : atHand(entry, spec, atHand);
            if (given.isPresent()) {
                companions.put(spec.name(), new SourceDocument.Companion.Read(List.of(given.get())));
                continue;
            }
            List<String> ids = spec.ids().isPresent() ? ids(body, spec.ids().get()) : List.of();
            if (spec.scope() == CompanionSpec.Scope.IDS && ids.isEmpty()) {
                // Either the document lists none, or it does not say: the normaliser tells the two apart.
                continue;
            }
            companions.put(
                    spec.name(),
                    companion(reader.companion(
                            id,
                            new ProviderReader.Wanted(
                                    spec.name(), spec.type(), spec.scope().word(), ids, spec.permission()))));
        }
        return companions;
    }

    /**
     * A document at hand is the resource's own: the policy of a bucket is not the policy of its project. Where several companions share
     * its type, it does not say which of them it is, and they are read.
     */
    private static Optional<Json> atHand(CatalogueEntry entry, CompanionSpec spec, Map<String, Json> atHand) {
        if (spec.scope() != CompanionSpec.Scope.RESOURCE
                || entry.companions().values().stream()
                                .filter(other -> other.scope() == spec.scope()
                                        && other.type().equalsIgnoreCase(spec.type()))
                                .count()
                        > 1) {
            return Optional.empty();
        }
        return atHand.entrySet().stream()
                .filter(one -> one.getKey().equalsIgnoreCase(spec.type()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static SourceDocument.Companion companion(ProviderReader.Read read) {
        return switch (read) {
            case ProviderReader.Read.Found(List<Json> documents) -> new SourceDocument.Companion.Read(documents);
            case ProviderReader.Read.Denied(String permission) -> new SourceDocument.Companion.Denied(permission);
            case ProviderReader.Read.Unavailable(String because) -> new SourceDocument.Companion.Missing(because);
        };
    }

    private static List<String> ids(Json body, dev.demarc.catalogue.Path path) {
        List<Json> values = path.collects()
                ? Walk.all(body, path).values()
                : switch (Walk.one(body, path)) {
                    case Walk.Met.Value(Json.JsonArray(List<Json> elements)) -> elements;
                    case Walk.Met.Value(Json value) -> List.of(value);
                    case Walk.Met.Nothing ignored -> List.of();
                    case Walk.Met.WrongType ignored -> List.of();
                };
        return values.stream()
                .flatMap(value -> value.text().stream())
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
