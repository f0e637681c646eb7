package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import java.util.Map;
import java.util.Optional;

/** A named, typed value of a resource and where it is read. */
public record Setting(
        String name,
        Type type,
        Optional<String> companion,
        Path path,
        Optional<Path> orPath,
        Optional<Absence> absence,
        boolean elementsMayOmit,
        Map<String, Setting> fields,
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
        OBJECT
    }

    /** What a missing value stands for, with the provider's word for it. {@link Json.JsonNull} means there is none. */
    public record Absence(Json as, String because, String source) {}

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
