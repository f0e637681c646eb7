package dev.demarc.catalogue.compile;

import dev.demarc.json.Json;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML file as JSON, with the line of every value by its JSON pointer. */
public final class YamlDocument {
    private final Path file;
    private final Json json;
    private final Map<String, Integer> lines;

    private YamlDocument(Path file, Json json, Map<String, Integer> lines) {
        this.file = file;
        this.json = json;
        this.lines = lines;
    }

    /** Reads the file. Syntax errors, duplicate keys and aliases are reported as a {@link CatalogueMistake} with the line. */
    public static YamlDocument read(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        try (Reader reader = Files.newBufferedReader(file)) {
            Node root = new Yaml(options).compose(reader);
            Map<String, Integer> lines = new HashMap<>();
            Json json = root == null ? Json.JsonNull.NULL : convert(root, "", lines);
            return new YamlDocument(file, json, lines);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new CatalogueMistake(file + ":" + line + ": not valid YAML: " + e.getProblem());
        }
    }

    public Json json() {
        return json;
    }

    /** {@code file:line} of a pointer, or of the nearest enclosing value that has one. */
    public String place(String pointer) {
        String at = pointer;
        while (!at.isEmpty() && !lines.containsKey(at)) {
            at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
        }
        return file + ":" + lines.getOrDefault(at, 1);
    }

    private static Json convert(Node node, String pointer, Map<String, Integer> lines) {
        lines.put(pointer, node.getStartMark().getLine() + 1);
        if (node instanceof MappingNode mapping) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (members.containsKey(key)) {
                    throw new CatalogueMistake("key '" + key + "' stands twice at line "
                            + (tuple.getKeyNode().getStartMark().getLine() + 1));
                }
                Json value = convert(tuple.getValueNode(), pointer + "/" + key, lines);
                lines.put(pointer + "/" + key, tuple.getKeyNode().getStartMark().getLine() + 1);
                members.put(key, value);
            }
            return new Json.JsonObject(members);
        }
        if (node instanceof SequenceNode sequence) {
            List<Json> elements = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                elements.add(convert(element, pointer + "/" + elements.size(), lines));
            }
            return new Json.JsonArray(elements);
        }
        return scalar((ScalarNode) node);
    }

    private static Json scalar(ScalarNode node) {
        String value = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return Json.JsonNull.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            // YAML 1.1 reads on, off, yes and no as booleans; here only true and false are, so that a provider's "on"
            // stays text.
            return switch (value) {
                case "true" -> Json.JsonBoolean.TRUE;
                case "false" -> Json.JsonBoolean.FALSE;
                default -> Json.of(value);
            };
        }
        if (tag.equals(Tag.INT) && value.matches("-?(0|[1-9]\\d{0,17})")) {
            return new Json.JsonNumber(value);
        }
        if (tag.equals(Tag.FLOAT) && value.matches("-?\\d+\\.\\d+")) {
            return new Json.JsonNumber(value);
        }
        return Json.of(value);
    }
}
