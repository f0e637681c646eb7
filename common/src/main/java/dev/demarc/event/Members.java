package dev.demarc.event;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.util.Map;

/** Finds members of provider documents, which spell one name in several ways. */
final class Members {
    private Members() {}

    /** The first member of exactly one of these names, else the first that matches without case, else null. */
    static Json find(Json document, String... names) {
        Map<String, Json> members = document.members();
        for (String name : names) {
            Json exact = members.get(name);
            if (exact != null && !exact.isNull()) {
                return exact;
            }
        }
        for (String name : names) {
            for (Map.Entry<String, Json> member : members.entrySet()) {
                if (!member.getValue().isNull() && sameWord(member.getKey(), name)) {
                    return member.getValue();
                }
            }
        }
        return Json.JsonNull.NULL;
    }

    /** The text of the member that {@link #find} gives, without blanks around it; empty when there is none. */
    static String textOf(Json document, String... names) {
        return find(document, names).text().map(String::strip).orElse("");
    }

    static boolean has(Json document, String... names) {
        return !find(document, names).isNull();
    }

    /** The object or array inside a text value; the value itself when it is no such text. */
    static Json entered(Json value) {
        return value instanceof Json.JsonText(String text)
                ? JsonReader.embedded(text).orElse(value)
                : value;
    }

    private static boolean sameWord(String key, String name) {
        return key.length() == name.length() && key.equalsIgnoreCase(name);
    }
}
