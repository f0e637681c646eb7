package dev.demarc.register;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Writes a register's JSON form as YAML for a person to review. Every text is quoted, so that nothing a resource or a team is called reads
 * as something else.
 */
public final class RegisterYaml {
    private final BiFunction<String, String, String> comments;
    private final StringBuilder out = new StringBuilder();

    private RegisterYaml(BiFunction<String, String, String> comments) {
        this.comments = comments;
    }

    public static String write(Json register) {
        return write(register, (type, control) -> "");
    }

    /**
     * With comments: of a service type (the second argument is empty, the comment stands above the entry, line by line), and of a control of
     * it (beside the control). An empty one is left out.
     */
    public static String write(Json register, BiFunction<String, String, String> comments) {
        RegisterYaml yaml = new RegisterYaml(comments);
        register.members().forEach((name, value) -> {
            if (name.equals("entries")) {
                yaml.entries(value.elements());
            } else {
                yaml.out.append(name).append(": ").append(value.write()).append('\n');
            }
        });
        return yaml.out.toString();
    }

    private void entries(List<Json> entries) {
        out.append(entries.isEmpty() ? "entries: []\n" : "entries:\n");
        entries.forEach(this::entry);
    }

    private void entry(Json entry) {
        String type = entry.textAt("service-type", "");
        comments.apply(type, "")
                .lines()
                .forEach(line -> out.append("  # ").append(line).append('\n'));
        String lead = "  - ";
        for (Map.Entry<String, Json> member : entry.members().entrySet()) {
            out.append(lead).append(member.getKey()).append(':');
            switch (member.getValue()) {
                case Json.JsonArray(List<Json> elements)
                when !elements.isEmpty() ->
                    elements.forEach(one ->
                            line("      - " + one.write(), type, one.text().orElse("")));
                case Json.JsonObject object
                when !object.members().isEmpty() ->
                    object.members().forEach((name, value) -> line("      " + name + ": " + value.write(), "", ""));
                default -> out.append(' ').append(member.getValue().write());
            }
            out.append('\n');
            lead = "    ";
        }
    }

    private void line(String text, String type, String control) {
        out.append('\n').append(text);
        String comment = type.isEmpty() ? "" : comments.apply(type, control);
        if (!comment.isEmpty()) {
            out.append("  # ").append(comment.replaceAll("\\s+", " "));
        }
    }
}
