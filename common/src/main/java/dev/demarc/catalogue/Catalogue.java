package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The compiled catalogue; a service type is loaded when it is first asked for. Safe for concurrent use. */
public final class Catalogue {
    private static final String FOLDER = "/catalogue-compiled/";

    private final Map<String, List<Listed>> byType;
    private final Map<ServiceType, Listed> byServiceType;
    private final Map<ControlId, Control> controls;
    private final Map<String, CatalogueEntry> loaded = new ConcurrentHashMap<>();

    private record Listed(String serviceType, String file, String type) {}

    private Catalogue(Json index) {
        Map<String, List<Listed>> types = new LinkedHashMap<>();
        Map<ServiceType, Listed> services = new LinkedHashMap<>();
        for (Json line : index.at("service-types").elements()) {
            Listed listed =
                    new Listed(line.textAt("service-type", ""), line.textAt("file", ""), line.textAt("type", ""));
            services.put(new ServiceType(listed.serviceType()), listed);
            types.computeIfAbsent(key(listed.type()), ignored -> new ArrayList<>())
                    .add(listed);
            for (Json alias : line.at("aliases").elements()) {
                types.computeIfAbsent(key(alias.text().orElse("")), ignored -> new ArrayList<>())
                        .add(listed);
            }
        }
        Map<ControlId, Control> all = new LinkedHashMap<>();
        for (Json line : index.at("controls").elements()) {
            ControlId id = new ControlId(line.textAt("id", ""));
            all.put(
                    id,
                    new Control(
                            id,
                            line.textAt("title", ""),
                            line.textAt("question", ""),
                            line.textAt("pattern", ""),
                            line.at("core") == Json.JsonBoolean.TRUE,
                            (int) line.longAt("weight", 5)));
        }
        this.byType = types;
        this.byServiceType = services;
        this.controls = all;
    }

    /** The catalogue that is packaged with this code. */
    public static Catalogue bundled() {
        return new Catalogue(JsonReader.parse(open("index.json")));
    }

    /** The entry for a document of this provider type: the variant whose test the document meets. */
    public Optional<CatalogueEntry> find(String type, Json document) {
        for (Listed listed : byType.getOrDefault(key(type), List.of())) {
            CatalogueEntry entry = load(listed);
            if (entry.match().when().map(when -> holds(when, document)).orElse(true)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    public Optional<CatalogueEntry> entry(ServiceType serviceType) {
        return Optional.ofNullable(byServiceType.get(serviceType)).map(this::load);
    }

    /** The entries that documents of this provider type may belong to. */
    public List<CatalogueEntry> entriesOf(String type) {
        return byType.getOrDefault(key(type), List.of()).stream()
                .map(this::load)
                .toList();
    }

    public Collection<ServiceType> serviceTypes() {
        return byServiceType.keySet();
    }

    public Collection<Control> controls() {
        return controls.values();
    }

    public Optional<Control> control(ControlId id) {
        return Optional.ofNullable(controls.get(id));
    }

    private CatalogueEntry load(Listed listed) {
        return loaded.computeIfAbsent(listed.file(), file -> {
            Issues issues = new Issues();
            CatalogueEntry entry = EntryReader.read(JsonReader.parse(open(file)), issues);
            if (!issues.isEmpty()) {
                throw new IllegalStateException("the compiled catalogue file " + file + " is broken: " + issues.all());
            }
            return entry;
        });
    }

    private static boolean holds(CatalogueEntry.When when, Json document) {
        Optional<String> value = Walk.text(document, when.path());
        return switch (when.mode()) {
            case CONTAINS ->
                value.filter(text -> key(text).contains(key(when.value()))).isPresent();
            case EQUALS ->
                value.filter(text -> text.equalsIgnoreCase(when.value())).isPresent();
            case ABSENT_OR_EQUALS ->
                value.map(text -> text.equalsIgnoreCase(when.value())).orElse(true);
        };
    }

    private static String key(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    private static InputStream open(String file) {
        InputStream stream = Catalogue.class.getResourceAsStream(FOLDER + file);
        if (stream == null) {
            throw new IllegalStateException("the compiled catalogue has no " + file
                    + "; build with 'mvn package' so that the catalogue is compiled");
        }
        return stream;
    }
}
