package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import java.util.Map;
import java.util.Optional;

/**
 * A named, typed value of a resource and where one source form holds it. {@code type} is what conditions see; {@code readAs} is what the
 * document holds, which {@code translation} turns into it. {@code mayBeOne}: a list of texts may stand as the one text that it has.
 */
public record Setting(
        String name,
        Type type,
        Type readAs,
        Optional<String> companion,
        Path path,
        Optional<Path> orPath,
        Optional<Absence> absence,
        boolean elementsMayOmit,
        boolean mayBeOne,
        Map<String, Setting> fields,
        Translation translation,
        Unknowns unknowns) {

    /** What the JSON must be; anything else is UNKNOWN. */
    public enum Type {
        BOOL,
        INT,
        INT64,
        TEXT,
        TEXTS,
        LIST,
        POLICY,
        ACL,
        OBJECT,
        /** Only as what is read: any content at all, as true. */
        PRESENT
    }

    /** What a missing value stands for, with the provider's word for it. {@link Json.JsonNull} means there is none. */
    public record Absence(Json as, String because, String source) {}

    /**
     * How a form's words and units become the setting's. {@code words}: text, number or true/false as written, to the value meant;
     * {@code times}: a number is multiplied by it; {@code coerces}: text "true" and digits count as boolean and number (CloudFormation).
     */
    public record Translation(Map<String, Json> words, long times, boolean coerces) {
        public static final Translation NONE = new Translation(Map.of(), 1, false);

        public Translation {
            words = Map.copyOf(words);
        }
    }

    public Setting {
        fields = Map.copyOf(fields);
    }

    /** The one "missing" and the one "wrong type" of a setting: they recur with every resource, so they are made once. */
    public record Unknowns(SettingValue.Unknown missing, SettingValue.Unknown wrongType) {
        static Unknowns of(String name) {
            return new Unknowns(
                    new SettingValue.Unknown(name + " is missing from the resource"),
                    new SettingValue.Unknown(name + " is not of the expected type"));
        }
    }

    public SettingValue.Unknown missing() {
        return unknowns.missing();
    }

    public SettingValue.Unknown wrongType() {
        return unknowns.wrongType();
    }
}
