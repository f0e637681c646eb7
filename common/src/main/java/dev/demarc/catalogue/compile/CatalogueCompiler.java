package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.EntryReader;
import dev.demarc.catalogue.Issues;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Build step: checks the YAML catalogue and compiles it into one JSON document per service type and an index. Reports every mistake with
 * file and line, and writes nothing when there is one.
 */
public final class CatalogueCompiler {
    private final Path source;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, Json> compiled = new LinkedHashMap<>();
    private final List<Json> index = new ArrayList<>();
    private final Set<String> serviceTypes = new HashSet<>();
    private final Set<String> controlIds = new HashSet<>();
    private final SchemaCheck serviceTypeSchema;
    private final SchemaCheck casesSchema;

    CatalogueCompiler(Path source) {
        this.source = source;
        this.serviceTypeSchema = SchemaCheck.of("service-type.schema.json");
        this.casesSchema = SchemaCheck.of("cases.schema.json");
    }

    /** Arguments: the folder of YAML sources, the folder to write to. Exit code 1 when the catalogue has mistakes. */
    public static void main(String[] arguments) throws IOException {
        CatalogueCompiler compiler = new CatalogueCompiler(Path.of(arguments[0]));
        List<String> mistakes = compiler.compile();
        if (!mistakes.isEmpty()) {
            mistakes.forEach(System.err::println);
            System.err.println(mistakes.size() + " mistakes in the catalogue; nothing was compiled");
            System.exit(1);
        }
        compiler.write(Path.of(arguments[1]));
    }

    /** All mistakes, in file order; none when the catalogue is fine. */
    List<String> compile() throws IOException {
        Json controls = read(source.resolve("controls.yaml"));
        for (Json control : controls.at("controls").elements()) {
            controlIds.add(control.textAt("id", ""));
        }
        if (controlIds.isEmpty()) {
            mistakes.add(source.resolve("controls.yaml") + ":1: lists no control");
        }
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file :
                    files.filter(CatalogueCompiler::isServiceType).sorted().toList()) {
                compileServiceType(file);
            }
        }
        compiled.put(
                "index.json",
                Json.object()
                        .with("service-types", Json.array(index))
                        .with("controls", controls.at("controls"))
                        .build());
        return mistakes;
    }

    private static boolean isServiceType(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml")
                && !name.endsWith(".cases.yaml")
                && !name.equals("class.yaml")
                && !name.equals("controls.yaml");
    }

    private static String folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? "" : String.valueOf(parent.getFileName());
    }

    private Json read(Path file) throws IOException {
        try {
            return YamlDocument.read(file).json();
        } catch (CatalogueMistake e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return Json.JsonNull.NULL;
        }
    }

    private void compileServiceType(Path file) throws IOException {
        YamlDocument yaml;
        try {
            yaml = YamlDocument.read(file);
        } catch (CatalogueMistake e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return;
        }
        List<String> bySchema = serviceTypeSchema.check(yaml);
        if (!bySchema.isEmpty()) {
            mistakes.addAll(bySchema);
            return;
        }
        Json withRevisions = revised(yaml.json());
        Issues issues = new Issues();
        CatalogueEntry entry = EntryReader.read(withRevisions, issues);
        issues.all().forEach(issue -> mistakes.add(yaml.place(issue.pointer()) + ": " + issue.message()));
        checkNames(entry, yaml, file);
        checkCases(entry, file);
        String name = folder(file) + "-" + file.getFileName().toString().replace(".yaml", ".json");
        compiled.put(name, withRevisions);
        index.add(Json.object()
                .with("service-type", entry.serviceType().name())
                .with("file", name)
                .with("type", entry.match().type())
                .with(
                        "aliases",
                        Json.array(
                                entry.match().aliases().stream().map(Json::of).toList()))
                .build());
    }

    private void checkNames(CatalogueEntry entry, YamlDocument yaml, Path file) {
        if (!serviceTypes.add(entry.serviceType().name())) {
            mistakes.add(
                    yaml.place("/service-type") + ": service type '" + entry.serviceType() + "' stands in two files");
        }
        if (!entry.serviceClass().equals(folder(file))) {
            mistakes.add(yaml.place("/class") + ": class '" + entry.serviceClass() + "' is not the folder's name");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < entry.responsibilities().size(); i++) {
            Responsibility row = entry.responsibilities().get(i);
            String at = yaml.place("/responsibilities/" + i);
            if (!controlIds.contains(row.control().value())) {
                mistakes.add(at + ": control '" + row.control() + "' is not in controls.yaml");
            }
            if (!seen.add(row.control().value())) {
                mistakes.add(at + ": control '" + row.control() + "' has two rows");
            }
        }
    }

    private void checkCases(CatalogueEntry entry, Path file) throws IOException {
        Path twin = file.resolveSibling(file.getFileName().toString().replace(".yaml", ".cases.yaml"));
        if (!Files.exists(twin)) {
            mistakes.add(file + ":1: has no twin " + twin.getFileName());
            return;
        }
        YamlDocument cases;
        try {
            cases = YamlDocument.read(twin);
        } catch (CatalogueMistake e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return;
        }
        mistakes.addAll(casesSchema.check(cases));
        mistakes.addAll(new Cases(entry, cases).mistakes());
    }

    /** The document with a revision for each row (row and the settings it names) and one for all. */
    private static Json revised(Json json) {
        List<Json> rows = new ArrayList<>();
        for (Json row : json.at("responsibilities").elements()) {
            StringBuilder content = new StringBuilder(row.write());
            String text = content.toString();
            json.at("settings").members().forEach((name, setting) -> {
                if (text.contains("\"" + name + "\"")) {
                    content.append(setting.write());
                }
            });
            Map<String, Json> members = new LinkedHashMap<>(row.members());
            members.put("revision", Json.of(hash(content.toString())));
            rows.add(new Json.JsonObject(members));
        }
        Map<String, Json> members = new LinkedHashMap<>(json.members());
        members.put("responsibilities", Json.array(rows));
        members.put("revision", Json.of(hash(json.write())));
        return new Json.JsonObject(members);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(Path target) throws IOException {
        Files.createDirectories(target);
        for (Map.Entry<String, Json> file : compiled.entrySet()) {
            String text = file.getValue().write();
            JsonReader.parse(text);
            Files.writeString(target.resolve(file.getKey()), text);
        }
    }
}
