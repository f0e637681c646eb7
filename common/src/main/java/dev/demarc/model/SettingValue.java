package dev.demarc.model;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Map;

/** What is known of one setting of one resource. */
public sealed interface SettingValue {

    /** A value of the declared type; {@link Json.JsonNull} means positively that there is none. {@code byAbsence}: the provider omitted it and the catalogue says what that means. */
    record Known(Json value, boolean byAbsence) implements SettingValue {}

    /** A list whose elements' fields are settings themselves. */
    record Elements(List<Map<String, SettingValue>> elements, boolean byAbsence) implements SettingValue {
        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /** Not known, and why; never a pass. */
    record Unknown(String why) implements SettingValue {}
}
