package dev.demarc.pipeline;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.record.SweepEvidence;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a sweep stands: its generation (named by its start), the service type and page that come next, and what it has counted and listed of
 * that type. The type is empty at the very beginning.
 */
public record Checkpoint(
        Instant startedAt,
        String serviceType,
        Optional<String> pageToken,
        long discovered,
        long evaluated,
        long failed,
        Seen seen) {
    private static final String NOTE = "goes on at ";
    // A generation that could not be finished within a day is better begun again: its first half is out of date.
    private static final Duration LIFE = Duration.ofHours(20);

    public static Checkpoint start(Instant now) {
        return beginning(now, "");
    }

    static Checkpoint beginning(Instant startedAt, String serviceType) {
        return new Checkpoint(startedAt, serviceType, Optional.empty(), 0, 0, 0, Seen.none());
    }

    public String write() {
        return json().with("seen", seen.write()).build().write();
    }

    /** The note of evidence of a sweep under way; without what was listed, since everybody who asks for evidence reads it. */
    String note() {
        return NOTE + json().build().write();
    }

    private Json.Builder json() {
        return Json.object()
                .with("startedAt", startedAt.toString())
                .with("serviceType", serviceType)
                .with("pageToken", pageToken)
                .with("discovered", discovered)
                .with("evaluated", evaluated)
                .with("failed", failed);
    }

    /** Throws IllegalArgumentException for a text that is no checkpoint. */
    public static Checkpoint read(String text) {
        try {
            Json json = JsonReader.parse(text);
            Optional<String> pageToken = json.at("pageToken").text();
            return new Checkpoint(
                    Instant.parse(json.textAt("startedAt", "")),
                    json.textAt("serviceType", ""),
                    pageToken,
                    json.longAt("discovered", 0),
                    json.longAt("evaluated", 0),
                    json.longAt("failed", 0),
                    pageToken.isEmpty() ? Seen.none() : Seen.read(json.textAt("seen", "")));
        } catch (MalformedJson | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "this is no checkpoint of a sweep; pass one as a sweep answered it, or none to start anew", e);
        }
    }

    /**
     * The sweep of an account that began within the last 20 hours and has not ended, from the evidence that it left; for functions that nobody hands
     * a checkpoint, and after a run that was killed.
     */
    public static Optional<Checkpoint> unfinished(List<SweepEvidence> evidence, Instant now) {
        return evidence.stream()
                .filter(one -> one.state() == SweepEvidence.State.UNDER_WAY
                        && one.note().startsWith(NOTE))
                .filter(one -> one.startedAt().isAfter(now.minus(LIFE)))
                .filter(one -> evidence.stream()
                        .noneMatch(other -> other.hasEnded()
                                && other.serviceType().equals(one.serviceType())
                                && !other.startedAt().isBefore(one.startedAt())))
                .max(Comparator.comparing(SweepEvidence::startedAt)
                        .thenComparing(one -> one.serviceType().name()))
                .map(one -> read(one.note().substring(NOTE.length())));
    }
}
