package dev.demarc.catalogue.compile;

import dev.demarc.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A path that a catalogue file declares. {@code form} is the word of the source form, {@code type} the provider's type of the document
 * that the path leads into, {@code segments} the path and below it those of fields, each from an element on, {@code reads} the type that the value must have, or empty where it does not matter.
 */
record DeclaredPath(String place, String form, String type, List<String> segments, String reads, boolean ofCompanion) {

    DeclaredPath {
        // The elements of a list with path $ are the companion's documents themselves, where its fields' paths start.
        segments = segments.size() > 1 && segments.getFirst().equals("$")
                ? List.copyOf(segments.subList(1, segments.size()))
                : List.copyOf(segments);
    }

    /** The whole path in one text: the list's, then the field's. */
    String path() {
        return segments.stream()
                .reduce((list, field) ->
                        field.equals("$") ? list : list + (list.endsWith("[*]") ? "." : "[*].") + field)
                .orElseThrow();
    }

    /** All paths of a catalogue folder, in file order. */
    static List<DeclaredPath> of(Path folder) throws IOException {
        List<DeclaredPath> paths = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(DeclaredPath::declares).sorted().toList()) {
                paths.addAll(of(YamlDocument.read(file), declaredTypes(file)));
            }
        }
        return paths;
    }

    /** The paths of one file. {@code declared}: the settings of the service type, of which a further form does not repeat the type. */
    static List<DeclaredPath> of(YamlDocument yaml, Json declared) {
        return new Reading(yaml, declared).paths();
    }

    private static boolean declares(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml")
                && !name.endsWith(".cases.yaml")
                && !name.equals("class.yaml")
                && !name.equals("controls.yaml");
    }

    static Json declaredTypes(Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.(cloudformation|terraform)\\.yaml$", ".yaml");
        return YamlDocument.read(file.resolveSibling(name)).json().at("settings");
    }

    private static final class Reading {
        private final YamlDocument yaml;
        private final Json json;
        private final Json declared;
        private final String form;
        private final List<String> mainTypes = new ArrayList<>();
        private final Map<String, String> companionTypes = new LinkedHashMap<>();
        private final List<DeclaredPath> paths = new ArrayList<>();

        Reading(YamlDocument yaml, Json declared) {
            this.yaml = yaml;
            this.json = yaml.json();
            this.declared = declared;
            this.form = json.textAt("form", "");
            json.at("types")
                    .elements()
                    .forEach(type -> mainTypes.add(type.text().orElse("")));
            if (mainTypes.isEmpty()) {
                mainTypes.add(json.at("matches").textAt("type", ""));
            }
        }

        List<DeclaredPath> paths() {
            if (form.equals("attestation")) {
                return paths;
            }
            ofMain("/when", json.at("when").textAt("path", ""), "");
            ofMain("/matches/when", json.at("matches").at("when").textAt("path", ""), "");
            json.at("companions").members().forEach((name, spec) -> {
                String at = "/companions/" + name;
                companionTypes.put(name, spec.textAt("type", ""));
                ofMain(at + "/ids", spec.textAt("ids", ""), "");
                add(at + "/by", spec.textAt("type", ""), List.of(spec.textAt("by", "")), "", true);
            });
            json.at("settings")
                    .members()
                    .forEach((name, spec) -> setting("/settings/" + name, spec, declared.at(name)));
            return paths;
        }

        private void setting(String at, Json spec, Json type) {
            String reads = spec.textAt("read-as", type.textAt("type", "text"));
            for (String key : List.of("path", "or-path")) {
                String path = spec.textAt(key, "");
                String companion = spec.textAt("companion", "");
                if (companion.isEmpty()) {
                    ofMain(at + "/" + key, path, reads);
                    mainTypes.forEach(main -> fields(at, spec, type, main, List.of(path), false));
                } else {
                    String of = companionTypes.getOrDefault(companion, "");
                    add(at + "/" + key, of, List.of(path), reads, true);
                    fields(at, spec, type, of, List.of(path), true);
                }
            }
        }

        private void fields(String at, Json spec, Json type, String of, List<String> list, boolean ofCompanion) {
            if (list.getLast().isEmpty()) {
                return;
            }
            spec.at("fields").members().forEach((name, field) -> {
                Json declaredField = type.at("fields").at(name);
                String reads = field.textAt("read-as", declaredField.textAt("type", "text"));
                for (String key : List.of("path", "or-path")) {
                    List<String> whole = new ArrayList<>(list);
                    whole.add(field.textAt(key, ""));
                    String place = at + "/fields/" + name;
                    add(place + "/" + key, of, whole, reads, ofCompanion);
                    fields(place, field, declaredField, of, whole, ofCompanion);
                }
            });
        }

        private void ofMain(String at, String path, String reads) {
            mainTypes.forEach(type -> add(at, type, List.of(path), reads, false));
        }

        private void add(String at, String type, List<String> segments, String reads, boolean ofCompanion) {
            if (!segments.getLast().isEmpty()) {
                paths.add(new DeclaredPath(yaml.place(at), form, type, segments, reads, ofCompanion));
            }
        }
    }
}
