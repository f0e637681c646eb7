package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Tier;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
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
    private final Map<String, List<Declared>> byDeclaredType;
    private final Map<String, ServiceClass> classes;
    private final Map<ServiceType, Listed> byServiceType;
    private final Map<ControlId, Control> controls;
    private final Map<String, CatalogueEntry> loaded = new ConcurrentHashMap<>();

    private record Listed(String serviceType, String file, String type, Map<CatalogueEntry.Form, String> forms) {}

    private record Declared(Listed listed, CatalogueEntry.Form form) {}

    private Catalogue(Json index) {
        Map<String, List<Listed>> types = new LinkedHashMap<>();
        Map<ServiceType, Listed> services = new LinkedHashMap<>();
        for (Json line : index.at("service-types").elements()) {
            Listed listed = new Listed(
                    line.textAt("service-type", ""), line.textAt("file", ""), line.textAt("type", ""), forms(line));
            services.put(new ServiceType(listed.serviceType()), listed);
            types.computeIfAbsent(key(listed.type()), ignored -> new ArrayList<>())
                    .add(listed);
            for (Json alias : line.at("aliases").elements()) {
                types.computeIfAbsent(key(alias.text().orElse("")), ignored -> new ArrayList<>())
                        .add(listed);
            }
        }
        Map<String, List<Declared>> declared = new LinkedHashMap<>();
        for (Json line : index.at("service-types").elements()) {
            Listed listed = services.get(new ServiceType(line.textAt("service-type", "")));
            for (CatalogueEntry.Form form : listed.forms().keySet()) {
                for (Json type : line.at("forms").at(form.word()).at("types").elements()) {
                    declared.computeIfAbsent(key(form, type.text().orElse("")), ignored -> new ArrayList<>())
                            .add(new Declared(listed, form));
                }
            }
        }
        Map<String, ServiceClass> families = new LinkedHashMap<>();
        for (Json line : index.at("classes").elements()) {
            families.put(
                    line.textAt("id", ""),
                    new ServiceClass(
                            line.textAt("id", ""),
                            line.textAt("title", ""),
                            Tier.valueOf(line.textAt("tier", "PAAS")),
                            line.textAt("lead-pattern", "")));
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
                            (int) line.longAt("weight", 5),
                            frameworks(line.at("frameworks"))));
        }
        this.byType = types;
        this.byDeclaredType = declared;
        this.classes = families;
        this.byServiceType = services;
        this.controls = all;
    }

    /** The catalogue that is packaged with this code. */
    public static Catalogue bundled() {
        return new Catalogue(JsonReader.parse(open("index.json")));
    }

    private static Map<CatalogueEntry.Form, String> forms(Json line) {
        Map<CatalogueEntry.Form, String> forms = new EnumMap<>(CatalogueEntry.Form.class);
        for (CatalogueEntry.Form form : CatalogueEntry.Form.values()) {
            line.at("forms").at(form.word()).at("file").text().ifPresent(file -> forms.put(form, file));
        }
        return forms;
    }

    private static Map<String, List<String>> frameworks(Json json) {
        Map<String, List<String>> frameworks = new LinkedHashMap<>();
        json.members()
                .forEach((framework, ids) -> frameworks.put(
                        framework,
                        ids.elements().stream()
                                .flatMap(id -> id.text().stream())
                                .toList()));
        return frameworks;
    }

    /** The entry for a document of this provider type: the variant whose test the document meets. */
    public Optional<CatalogueEntry> find(String type, Json document) {
        for (Listed listed : byType.getOrDefault(key(type), List.of())) {
            CatalogueEntry entry = load(listed);
            if (admits(entry, document)) {
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
        for (Declared declared : byDeclaredType.getOrDefault(key(form, type), List.of())) {
            CatalogueEntry entry = load(declared.listed(), form);
            if (admits(entry, document)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** The entry as a further form has it; empty when the service type has no such form. */
    public Optional<CatalogueEntry> entry(ServiceType serviceType, CatalogueEntry.Form form) {
        return Optional.ofNullable(byServiceType.get(serviceType))
                .filter(listed -> listed.forms().containsKey(form))
                .map(listed -> load(listed, form));
    }

    public Collection<ServiceClass> classes() {
        return classes.values();
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

    private CatalogueEntry load(Listed listed, CatalogueEntry.Form form) {
        CatalogueEntry entry = load(listed);
        String file = listed.forms().getOrDefault(form, "");
        return loaded.computeIfAbsent(file, name -> {
            Issues issues = new Issues();
            CatalogueEntry read = FormReader.read(entry, JsonReader.parse(open(name)), issues);
            if (!issues.isEmpty()) {
                throw new IllegalStateException("the compiled catalogue file " + name + " is broken: " + issues.all());
            }
            return read;
        });
    }

    private static boolean admits(CatalogueEntry entry, Json document) {
        return entry.match().when().map(when -> when.holds(document)).orElse(true);
    }

    private static String key(CatalogueEntry.Form form, String type) {
        return form.word() + " " + key(type);
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
