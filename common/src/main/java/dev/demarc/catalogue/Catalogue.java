package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The compiled catalogue; a service type is loaded when it is first asked for. Safe for concurrent use. */
public final class Catalogue {
    private static final String FOLDER = "/catalogue-compiled/";

    private final Source source;
    private final CatalogueIndex index;
    private final Map<String, CatalogueEntry> loaded = new ConcurrentHashMap<>();

    private Catalogue(Source source) {
        this.source = source;
        this.index = CatalogueIndex.read(JsonReader.parse(source.open("index.json")));
    }

    /** The catalogue that is packaged with this code. */
    public static Catalogue bundled() {
        return new Catalogue(Catalogue::packaged);
    }

    /** A catalogue whose compiled files come from elsewhere, such as another release. */
    public static Catalogue of(Source source) {
        return new Catalogue(source);
    }

    /** Opens a compiled file by its name. */
    public interface Source {
        InputStream open(String file);
    }

    /** The entry for a document of this provider type: the variant whose test the document meets. */
    public Optional<CatalogueEntry> find(String type, Json document) {
        for (CatalogueIndex.Listed listed : index.byType().getOrDefault(CatalogueIndex.key(type), List.of())) {
            CatalogueEntry entry = load(listed);
            if (entry.match().admits(document)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** The entry, read from this form, for a document of a resource type of that form. */
    public Optional<CatalogueEntry> find(CatalogueEntry.Form form, String type, Json document) {
        if (!form.isDeclared()) {
            return find(type, document);
        }
        for (CatalogueIndex.Declared declared :
                index.byDeclaredType().getOrDefault(CatalogueIndex.key(form, type), List.of())) {
            CatalogueEntry entry = load(declared.listed(), form);
            if (entry.match().admits(document)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    public Optional<CatalogueEntry> entry(ServiceType serviceType) {
        return Optional.ofNullable(index.byServiceType().get(serviceType)).map(this::load);
    }

    /** The entry as a further form has it; empty when the service type has no such form. */
    public Optional<CatalogueEntry> entry(ServiceType serviceType, CatalogueEntry.Form form) {
        return Optional.ofNullable(index.byServiceType().get(serviceType))
                .filter(listed -> listed.forms().containsKey(form))
                .map(listed -> load(listed, form));
    }

    /** The entries that documents of this provider type may belong to: first the one that takes any document, then its variants. */
    public List<CatalogueEntry> entriesOf(String type) {
        return index.byType().getOrDefault(CatalogueIndex.key(type), List.of()).stream()
                .map(this::load)
                .sorted(Comparator.comparing(entry -> entry.match().when().isPresent()))
                .toList();
    }

    public Collection<ServiceType> serviceTypes() {
        return index.byServiceType().keySet();
    }

    public Collection<ServiceClass> classes() {
        return index.classes().values();
    }

    public Optional<ServiceClass> serviceClass(String id) {
        return Optional.ofNullable(index.classes().get(id));
    }

    /** The service types of a class, in the catalogue's order. Loads none of them. */
    public List<ServiceType> members(String serviceClass) {
        return index.byServiceType().values().stream()
                .filter(listed -> listed.serviceClass().equals(serviceClass))
                .map(CatalogueIndex.Listed::serviceType)
                .toList();
    }

    /** Who owns what by tier, for service types without an entry. */
    public Baseline baseline() {
        return index.baseline();
    }

    public Collection<Control> controls() {
        return index.controls().values();
    }

    public Optional<Control> control(ControlId id) {
        return Optional.ofNullable(index.controls().get(id));
    }

    private CatalogueEntry load(CatalogueIndex.Listed listed) {
        return loaded.computeIfAbsent(
                listed.file(),
                file -> sound(file, issues -> EntryReader.read(JsonReader.parse(source.open(file)), issues)));
    }

    private CatalogueEntry load(CatalogueIndex.Listed listed, CatalogueEntry.Form form) {
        CatalogueEntry entry = load(listed);
        return loaded.computeIfAbsent(
                listed.forms().getOrDefault(form, ""),
                file -> sound(file, issues -> FormReader.read(entry, JsonReader.parse(source.open(file)), issues)));
    }

    private static CatalogueEntry sound(String file, Reading reading) {
        Issues issues = new Issues();
        CatalogueEntry entry = reading.read(issues);
        if (!issues.isEmpty()) {
            throw new IllegalStateException("the compiled catalogue file " + file + " is broken: " + issues.all());
        }
        return entry;
    }

    private interface Reading {
        CatalogueEntry read(Issues issues);
    }

    private static InputStream packaged(String file) {
        InputStream stream = Catalogue.class.getResourceAsStream(FOLDER + file);
        if (stream == null) {
            throw new IllegalStateException("the compiled catalogue has no " + file
                    + "; build with 'mvn package' so that the catalogue is compiled");
        }
        return stream;
    }
}
