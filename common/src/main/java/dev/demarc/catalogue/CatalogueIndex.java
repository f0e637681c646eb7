package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Tier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the compiled catalogue holds, without the entries themselves: small enough to be read at every start. */
record CatalogueIndex(
        Map<String, List<Listed>> byType,
        Map<String, List<Declared>> byDeclaredType,
        Map<ServiceType, Listed> byServiceType,
        Map<String, ServiceClass> classes,
        Map<ControlId, Control> controls,
        Baseline baseline) {

    /** A service type and the compiled files of its forms. */
    record Listed(ServiceType serviceType, String serviceClass, String file, Map<CatalogueEntry.Form, String> forms) {}

    /** A service type as a further form has it. */
    record Declared(Listed listed, CatalogueEntry.Form form) {}

    static CatalogueIndex read(Json json) {
        Map<String, List<Listed>> byType = new LinkedHashMap<>();
        Map<String, List<Declared>> byDeclaredType = new LinkedHashMap<>();
        Map<ServiceType, Listed> byServiceType = new LinkedHashMap<>();
        for (Json line : json.at("service-types").elements()) {
            Listed listed = new Listed(
                    new ServiceType(line.textAt("service-type", "")),
                    line.textAt("class", ""),
                    line.textAt("file", ""),
                    forms(line.at("forms")));
            byServiceType.put(listed.serviceType(), listed);
            add(byType, key(line.textAt("type", "")), listed);
            texts(line.at("aliases")).forEach(alias -> add(byType, key(alias), listed));
            for (CatalogueEntry.Form form : listed.forms().keySet()) {
                texts(line.at("forms").at(form.word()).at("types"))
                        .forEach(type -> add(byDeclaredType, key(form, type), new Declared(listed, form)));
            }
        }
        return new CatalogueIndex(
                byType,
                byDeclaredType,
                byServiceType,
                classes(json.at("classes")),
                controls(json.at("controls")),
                Baseline.read(json.at("baseline")));
    }

    static String key(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    static String key(CatalogueEntry.Form form, String type) {
        return form.word() + " " + key(type);
    }

    private static <V> void add(Map<String, List<V>> map, String key, V value) {
        map.computeIfAbsent(key, ignored -> new ArrayList<>()).add(value);
    }

    private static Map<CatalogueEntry.Form, String> forms(Json json) {
        Map<CatalogueEntry.Form, String> forms = new EnumMap<>(CatalogueEntry.Form.class);
        for (CatalogueEntry.Form form : CatalogueEntry.Form.values()) {
            json.at(form.word()).at("file").text().ifPresent(file -> forms.put(form, file));
        }
        return forms;
    }

    private static Map<String, ServiceClass> classes(Json json) {
        Map<String, ServiceClass> classes = new LinkedHashMap<>();
        for (Json line : json.elements()) {
            String id = line.textAt("id", "");
            classes.put(
                    id,
                    new ServiceClass(
                            id,
                            line.textAt("title", ""),
                            Tier.valueOf(line.textAt("tier", "PAAS")),
                            line.textAt("lead-pattern", ""),
                            line.textAt("role", "")));
        }
        return classes;
    }

    private static Map<ControlId, Control> controls(Json json) {
        Map<ControlId, Control> controls = new LinkedHashMap<>();
        for (Json line : json.elements()) {
            ControlId id = new ControlId(line.textAt("id", ""));
            Map<String, List<String>> frameworks = new LinkedHashMap<>();
            line.at("frameworks").members().forEach((framework, ids) -> frameworks.put(framework, texts(ids)));
            controls.put(
                    id,
                    new Control(
                            id,
                            line.textAt("title", ""),
                            line.textAt("question", ""),
                            line.textAt("pattern", ""),
                            line.at("core") == Json.JsonBoolean.TRUE,
                            (int) line.longAt("weight", 5),
                            frameworks));
        }
        return controls;
    }

    private static List<String> texts(Json json) {
        return json.elements().stream().flatMap(one -> one.text().stream()).toList();
    }
}
