package dev.demarc.catalogue;

import dev.demarc.json.Json;
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
        Map<String, Setting> fields) {

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
}
