package dev.demarc.register;

import dev.demarc.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What differs between two registers in their JSON form, entry by entry; the order of entries and of named controls means nothing. */
public record RegisterDiff(List<Change> changes) {
    /** One difference. {@code subject} is a service type, or a part of the register such as {@code windows}. */
    public record Change(Kind kind, String subject, List<Member> members) {
        public Change {
            members = List.copyOf(members);
        }
    }

    /** A member that differs, as compact JSON; empty where there is none. */
    public record Member(String name, String before, String after) {}

    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    public RegisterDiff {
        changes = List.copyOf(changes);
    }

    public static RegisterDiff between(Json before, Json after) {
        List<Change> changes = new ArrayList<>();
        for (String part : List.of("organisation", "windows", "tag-keys")) {
            if (!before.at(part).equals(after.at(part))) {
                Kind kind =
                        before.at(part).isNull() ? Kind.ADDED : after.at(part).isNull() ? Kind.REMOVED : Kind.CHANGED;
                changes.add(
                        new Change(kind, part, List.of(new Member(part, text(before.at(part)), text(after.at(part))))));
            }
        }
        Map<String, Json> were = byType(before);
        Map<String, Json> are = byType(after);
        TreeSet<String> types = new TreeSet<>(were.keySet());
        types.addAll(are.keySet());
        for (String type : types) {
            Json was = were.get(type);
            Json is = are.get(type);
            if (was == null) {
                changes.add(new Change(Kind.ADDED, type, List.of()));
            } else if (is == null) {
                changes.add(new Change(Kind.REMOVED, type, List.of()));
            } else {
                List<Member> members = members(was, is);
                if (!members.isEmpty()) {
                    changes.add(new Change(Kind.CHANGED, type, members));
                }
            }
        }
        return new RegisterDiff(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public long count(Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    /** {@code {changes: [{kind, subject, members: [{name, before, after}]}]}}. */
    public Json json() {
        return Json.object()
                .with(
                        "changes",
                        Json.array(changes.stream().map(RegisterDiff::json).toList()))
                .build();
    }

    private static Json json(Change change) {
        return Json.object()
                .with("kind", change.kind().name())
                .with("subject", change.subject())
                .with(
                        "members",
                        Json.array(change.members().stream()
                                .map(member -> Json.object()
                                        .with("name", member.name())
                                        .with("before", member.before())
                                        .with("after", member.after())
                                        .build())
                                .toList()))
                .build();
    }

    private static Map<String, Json> byType(Json register) {
        Map<String, Json> byType = new LinkedHashMap<>();
        register.at("entries").elements().forEach(entry -> byType.put(entry.textAt("service-type", ""), entry));
        return byType;
    }

    private static List<Member> members(Json was, Json is) {
        TreeSet<String> names = new TreeSet<>(was.members().keySet());
        names.addAll(is.members().keySet());
        return names.stream()
                .filter(name -> !text(was.at(name)).equals(text(is.at(name))))
                .map(name -> new Member(name, text(was.at(name)), text(is.at(name))))
                .toList();
    }

    private static String text(Json json) {
        return switch (json) {
            case Json.JsonNull ignored -> "";
            case Json.JsonArray(List<Json> elements) ->
                Json.array(elements.stream()
                                .map(Json::write)
                                .distinct()
                                .sorted()
                                .map(Json::of)
                                .toList())
                        .write()
                        .replace("\\\"", "");
            case Json.JsonObject ignored -> sorted(json);
            case Json.JsonText(String value) -> value;
            case Json.JsonNumber(String digits) -> digits;
            case Json.JsonBoolean bool -> bool.write();
        };
    }

    private static String sorted(Json object) {
        Json.Builder json = Json.object();
        new TreeSet<>(object.members().keySet()).forEach(name -> json.with(name, object.at(name)));
        return json.build().write();
    }
}
