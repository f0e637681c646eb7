package dev.demarc.pipeline;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plants strings that occur nowhere else into the string leaves of documents, also of those inside a string. */
final class Canaries {
    static final String MARK = "cAnAryX";

    private final Map<String, String> places = new LinkedHashMap<>();

    /** Answers the new text of a leaf; empty when it stays. */
    interface Change {
        Optional<String> of(String path);
    }

    /** A canary for a place. */
    String next(String place) {
        String canary = MARK + places.size() + "Z";
        places.put(canary, place);
        return canary;
    }

    String placeOf(String canary) {
        return places.getOrDefault(canary, "an unknown place");
    }

    int planted() {
        return places.size();
    }

    /** The path of every string leaf: {@code /member[0]/member!/member}, where {@code !} enters a document inside a string. */
    static List<String> leaves(Json document) {
        List<String> paths = new ArrayList<>();
        changed(document, "", path -> {
            paths.add(path);
            return Optional.empty();
        });
        return paths;
    }

    /** The path without the indices, so that the many elements of a list count once. */
    static String shape(String path) {
        return path.replaceAll("\\[\\d+]", "[*]");
    }

    static Json changed(Json value, String path, Change change) {
        return switch (value) {
            case Json.JsonText(String text) -> Json.of(change.of(path).orElseGet(() -> inside(text, path, change)));
            case Json.JsonObject(Map<String, Json> members) -> {
                Map<String, Json> all = new LinkedHashMap<>();
                members.forEach((name, member) -> all.put(name, changed(member, path + "/" + name, change)));
                yield new Json.JsonObject(all);
            }
            case Json.JsonArray(List<Json> elements) -> {
                List<Json> all = new ArrayList<>();
                for (int i = 0; i < elements.size(); i++) {
                    all.add(changed(elements.get(i), path + "[" + i + "]", change));
                }
                yield Json.array(all);
            }
            case Json.JsonNumber number -> number;
            case Json.JsonBoolean flag -> flag;
            case Json.JsonNull none -> none;
        };
    }

    private static String inside(String text, String path, Change change) {
        return JsonReader.embedded(text)
                .map(json -> changed(json, path + "!", change))
                .filter(json -> !json.equals(JsonReader.embedded(text).orElseThrow()))
                .map(Json::write)
                .orElse(text);
    }
}
