package dev.demarc.event;

import dev.demarc.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads tags in the shapes that providers use. */
final class Tags {
    private Tags() {}

    /** Tags of an object of texts, of a list of key and value pairs, or of either as JSON in a text; others are left out. */
    static Map<String, String> of(Json value) {
        Json tags = Members.entered(value);
        if (tags.elements().isEmpty() && tags.members().isEmpty()) {
            return Map.of();
        }
        Map<String, String> found = new LinkedHashMap<>();
        tags.members().forEach((key, text) -> put(found, key, text));
        for (Json pair : tags.elements()) {
            String key = Members.textOf(pair, "key", "tagKey");
            if (!key.isEmpty()) {
                put(found, key, Members.find(pair, "value", "tagValue"));
            }
        }
        return found;
    }

    private static void put(Map<String, String> tags, String key, Json value) {
        switch (value) {
            case Json.JsonText(String text) -> tags.put(key, text);
            case Json.JsonNumber(String digits) -> tags.put(key, digits);
            case Json.JsonBoolean flag -> tags.put(key, flag == Json.JsonBoolean.TRUE ? "true" : "false");
            case Json.JsonNull ignored -> tags.put(key, "");
            case Json.JsonObject ignored -> {}
            case Json.JsonArray ignored -> {}
        }
    }
}
