package dev.demarc.pipeline;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.time.Instant;
import java.util.Optional;

/** Where a sweep stands: which service type, which page, and what it has counted of that type. */
public record Checkpoint(
        Instant startedAt, int typeIndex, Optional<String> pageToken, long discovered, long evaluated, long failed) {

    public static Checkpoint start(Instant now) {
        return new Checkpoint(now, 0, Optional.empty(), 0, 0, 0);
    }

    Checkpoint nextType() {
        return new Checkpoint(startedAt, typeIndex + 1, Optional.empty(), 0, 0, 0);
    }

    public String write() {
        return Json.object()
                .with("startedAt", startedAt.toString())
                .with("typeIndex", typeIndex)
                .with("pageToken", pageToken)
                .with("discovered", discovered)
                .with("evaluated", evaluated)
                .with("failed", failed)
                .build()
                .write();
    }

    public static Checkpoint read(String text) {
        Json json = JsonReader.parse(text);
        return new Checkpoint(
                Instant.parse(json.textAt("startedAt", "")),
                (int) json.longAt("typeIndex", 0),
                json.at("pageToken").text(),
                json.longAt("discovered", 0),
                json.longAt("evaluated", 0),
                json.longAt("failed", 0));
    }
}
