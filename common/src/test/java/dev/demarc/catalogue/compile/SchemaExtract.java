package dev.demarc.catalogue.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One extract: the resource types of a source form, each with the names that its schema has. Types are found without case. */
record SchemaExtract(Map<String, SchemaNode> types) {

    /** Reads the text form that {@code build/schemas/refresh.py} writes. */
    static SchemaExtract read(Path file) throws IOException {
        Map<String, SchemaNode> types = new LinkedHashMap<>();
        Deque<SchemaNode> open = new ArrayDeque<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("= ")) {
                SchemaNode root = new SchemaNode(SchemaNode.Kind.OBJECT, 0, new LinkedHashMap<>());
                types.put(line.substring(2).toLowerCase(Locale.ROOT), root);
                open.clear();
                open.push(root);
                continue;
            }
            String text = line.strip();
            int depth = line.length() - line.stripLeading().length();
            while (open.size() > depth) {
                open.pop();
            }
            String name = text.substring(0, text.lastIndexOf(' ')).replace("[*]", "");
            SchemaNode node = new SchemaNode(
                    SchemaNode.Kind.of(text.charAt(text.length() - 1)),
                    text.split("\\[\\*]", -1).length - 1,
                    new LinkedHashMap<>());
            open.element().members().put(name, node);
            open.push(node);
        }
        return new SchemaExtract(types);
    }

    /** The schema of a type. A child of a fixed name, as {@code sites/config/web}, is its parent type's schema when it has none itself. */
    Optional<SchemaNode> of(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        SchemaNode exact = types.get(name);
        if (exact == null && name.split("/", -1).length > 3) {
            return Optional.ofNullable(types.get(name.substring(0, name.lastIndexOf('/'))));
        }
        return Optional.ofNullable(exact);
    }
}
