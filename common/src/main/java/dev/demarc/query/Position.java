package dev.demarc.query;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** A place in one of the orders of findings. Names the last finding before it, so that what comes and goes elsewhere does not move it. */
sealed interface Position {

    /** By urgency: the score, the name of the bucket (empty for findings without a resource), the id. */
    record ByPriority(int score, String bucket, String id) implements Position {
        static final ByPriority START = new ByPriority(Integer.MAX_VALUE, "", "");
        static final Comparator<ByPriority> ORDER = Comparator.comparingInt((ByPriority one) -> -one.score)
                .thenComparing(ByPriority::bucket)
                .thenComparing(ByPriority::id);

        @Override
        public String text() {
            return Json.object()
                    .with("score", score)
                    .with("bucket", bucket)
                    .with("id", id)
                    .build()
                    .write();
        }
    }

    /** By age: since when, then the id. What has no beginning comes last. */
    record ByAge(Optional<Instant> since, String id) implements Position {
        static final ByAge START = new ByAge(Optional.of(Instant.EPOCH), "");
        static final Comparator<ByAge> ORDER = Comparator.comparing((ByAge one) -> one.since.orElse(Instant.MAX))
                .thenComparing(ByAge::id);

        static ByAge of(Finding finding) {
            return new ByAge(finding.since(), finding.id());
        }

        @Override
        public String text() {
            return Json.object()
                    .with("since", since.map(Instant::toString).orElse("never"))
                    .with("id", id)
                    .build()
                    .write();
        }
    }

    String text();

    static ByPriority byPriority(Optional<String> text) {
        return text.map(one -> {
                    Json json = json(one);
                    return new ByPriority(score(json, one), text(json, "bucket", one), text(json, "id", one));
                })
                .orElse(ByPriority.START);
    }

    static ByAge byAge(Optional<String> text) {
        return text.map(one -> {
                    Json json = json(one);
                    String since = text(json, "since", one);
                    return new ByAge(
                            since.equals("never") ? Optional.empty() : Optional.of(instant(since, one)),
                            text(json, "id", one));
                })
                .orElse(ByAge.START);
    }

    private static Json json(String text) {
        try {
            return JsonReader.parse(text);
        } catch (MalformedJson e) {
            throw new IllegalArgumentException(wrong(text).getMessage(), e);
        }
    }

    private static Json member(Json json, String name, String text) {
        Json member = json.at(name);
        if (member.isNull()) {
            throw wrong(text);
        }
        return member;
    }

    private static int score(Json json, String text) {
        if (member(json, "score", text) instanceof Json.JsonNumber number) {
            return (int) number.asDouble();
        }
        throw wrong(text);
    }

    private static String text(Json json, String name, String text) {
        return member(json, name, text).text().orElseThrow(() -> wrong(text));
    }

    private static Instant instant(String since, String text) {
        try {
            return Instant.parse(since);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(wrong(text).getMessage(), e);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'" + text + "' is not a position in this order; start without one");
    }
}
