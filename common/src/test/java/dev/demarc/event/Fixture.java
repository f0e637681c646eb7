package dev.demarc.event;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

/** Provider messages of the test resources, and short JSON with single quotes. */
final class Fixture {
    static final Instant FALLBACK = Instant.parse("2026-02-01T00:00:00Z");

    private Fixture() {}

    static String text(String path) {
        try (InputStream in = Objects.requireNonNull(Fixture.class.getResourceAsStream("/events/" + path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Json json(String path) {
        return JsonReader.parse(text(path));
    }

    static Json quoted(String singleQuoted) {
        return JsonReader.parse(singleQuoted.replace('\'', '"'));
    }
}
