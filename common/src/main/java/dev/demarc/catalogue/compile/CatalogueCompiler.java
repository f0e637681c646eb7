package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.EntryReader;
import dev.demarc.catalogue.FormReader;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Build step: checks the YAML catalogue and compiles it into one JSON document per service type and an index. Reports every mistake with
 * file and line, and writes nothing when there is one.
 */
public final class CatalogueCompiler {
    /** Controls of this pattern ask about records and feeds; they need no row for each service type. */
    private static final String ABOUT_THE_ESTATE = "multi-cloud";

    private final Path source;
    private final List<String> mistakes = new ArrayList<>();
    private final Map<String, Json> compiled = new LinkedHashMap<>();
    private final List<Json> index = new ArrayList<>();
    private final Set<String> serviceTypes = new HashSet<>();
    private final Set<String> controlIds = new HashSet<>();
    private final Set<String> controlsOfTypes = new HashSet<>();
    private final SchemaCheck serviceTypeSchema;
    private final SchemaCheck casesSchema;
    private final SchemaCheck formSchema;
    private final List<Json> classes = new ArrayList<>();

    CatalogueCompiler(Path source) {
        this.source = source;
        this.serviceTypeSchema = SchemaCheck.of("service-type.schema.json");
        this.casesSchema = SchemaCheck.of("cases.schema.json");
        this.formSchema = SchemaCheck.of("form.schema.json");
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
            if (!control.textAt("pattern", "").equals(ABOUT_THE_ESTATE)) {
                controlsOfTypes.add(control.textAt("id", ""));
            }
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
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file :
                    files.filter(path -> path.endsWith("class.yaml")).sorted().toList()) {
                classes.add(read(file));
            }
        }
        Path tiers = source.resolve("baseline.yaml");
        Json baseline = Files.exists(tiers) ? read(tiers) : Json.object().build();
        compiled.put(
                "index.json",
                Json.object()
                        .with("service-types", Json.array(index))
                        .with("classes", Json.array(classes))
                        .with("baseline", baseline)
                        .with("controls", controls.at("controls"))
                        .build());
        return mistakes;
    }

    private static boolean isServiceType(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml")
                && !name.endsWith(".cases.yaml")
                && !name.endsWith(".cloudformation.yaml")
                && !name.endsWith(".terraform.yaml")
                && !name.equals("class.yaml")
                && !name.equals("controls.yaml")
                && !name.equals("traps.yaml")
                && !name.equals("baseline.yaml");
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
        boolean sound = issues.isEmpty();
        checkCases(entry, file);
        String name = folder(file) + "-" + file.getFileName().toString().replace(".yaml", ".json");
        compiled.put(name, withRevisions);
        index.add(Json.object()
                .with("service-type", entry.serviceType().name())
                .with("class", entry.serviceClass())
                .with("file", name)
                .with("type", entry.match().type())
                .with(
                        "aliases",
                        Json.array(
                                entry.match().aliases().stream().map(Json::of).toList()))
                .withPresent("forms", sound ? forms(entry, file) : Optional.empty())
                .build());
    }

    /** The further forms that stand beside the service type's file: in which compiled file, and for which resource types. */
    private Optional<Json> forms(CatalogueEntry entry, Path file) throws IOException {
        Map<String, Json> forms = new LinkedHashMap<>();
        for (CatalogueEntry.Form form : CatalogueEntry.Form.values()) {
            Path beside =
                    file.resolveSibling(file.getFileName().toString().replace(".yaml", "." + form.word() + ".yaml"));
            if (form.isDeclared() && Files.exists(beside)) {
                form(entry, beside).ifPresent(line -> forms.put(form.word(), line));
            }
        }
        return forms.isEmpty() ? Optional.empty() : Optional.of(new Json.JsonObject(forms));
    }

    private Optional<Json> form(CatalogueEntry entry, Path file) throws IOException {
        YamlDocument yaml;
        try {
            yaml = YamlDocument.read(file);
        } catch (CatalogueMistake e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        List<String> bySchema = formSchema.check(yaml);
        if (!bySchema.isEmpty()) {
            mistakes.addAll(bySchema);
            return Optional.empty();
        }
        Issues issues = new Issues();
        CatalogueEntry inForm = FormReader.read(entry, yaml.json(), issues);
        issues.all().forEach(issue -> mistakes.add(yaml.place(issue.pointer()) + ": " + issue.message()));
        if (issues.isEmpty()) {
            checkCases(inForm, file);
        }
        String name = folder(file) + "-" + file.getFileName().toString().replace(".yaml", ".json");
        compiled.put(name, yaml.json());
        return Optional.of(Json.object()
                .with("file", name)
                .with("types", yaml.json().at("types"))
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
        checkPairs(entry, yaml, seen);
    }

    /** Every control has a row, or a reason why it has no meaning for the service type. */
    private void checkPairs(CatalogueEntry entry, YamlDocument yaml, Set<String> rows) {
        Set<String> meaningless = new HashSet<>();
        for (int i = 0; i < entry.notMeaningful().size(); i++) {
            String control = entry.notMeaningful().get(i).control().value();
            String at = yaml.place("/not-meaningful/" + i);
            if (!controlIds.contains(control)) {
                mistakes.add(at + ": control '" + control + "' is not in controls.yaml");
            }
            if (!meaningless.add(control) || rows.contains(control)) {
                mistakes.add(at + ": control '" + control + "' stands twice");
            }
        }
        List<String> undecided = controlsOfTypes.stream()
                .filter(control -> !rows.contains(control) && !meaningless.contains(control))
                .sorted()
                .toList();
        if (!undecided.isEmpty()) {
            mistakes.add(yaml.place("/responsibilities") + ": neither a row nor not-meaningful: "
                    + String.join(", ", undecided));
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
