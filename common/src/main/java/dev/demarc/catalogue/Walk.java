package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks a path through a document. Member names match exactly first, then without case; JSON inside text is entered. */
public final class Walk {
    // Marks "the path leads through a value that is no object or array": never the same as missing.
    private static final Json WRONG = new Json.JsonText(new String("wrong type on the way"));

    private Walk() {}

    /** What a walk met. */
    public sealed interface Met {
        record Value(Json value) implements Met {}

        /** Missing or null, at the end or on the way. */
        record Nothing() implements Met {}

        /** The path leads through a value of another type. */
        record WrongType() implements Met {}
    }

    /** What a path that collects met: the values, and what went missing or wrong on its branches. */
    public record Collected(List<Json> values, boolean found, boolean someMissing, boolean wrongType) {}

    /** The value at a path without {@code [*]}. */
    public static Met one(Json document, Path path) {
        Json at = document;
        for (Path.Step step : path.steps()) {
            at = step(at, step);
            if (at == WRONG) {
                return new Met.WrongType();
            }
            if (at.isNull()) {
                return new Met.Nothing();
            }
        }
        return at.isNull() ? new Met.Nothing() : new Met.Value(at);
    }

    /** The text at a path, when there is one. */
    public static Optional<String> text(Json document, Path path) {
        return one(document, path) instanceof Met.Value(Json value) ? value.text() : Optional.empty();
    }

    /** Every value that the path with {@code [*]} reaches. {@code found} is false when the outermost array is missing. */
    public static Collected all(Json document, Path path) {
        Collector collector = new Collector(path.steps());
        collector.walk(document, 0, false);
        return new Collected(collector.values, collector.found, collector.someMissing, collector.wrongType);
    }

    private static final class Collector {
        private final List<Path.Step> steps;
        private final List<Json> values = new ArrayList<>();
        private boolean found = true;
        private boolean someMissing;
        private boolean wrongType;

        Collector(List<Path.Step> steps) {
            this.steps = steps;
        }

        void walk(Json at, int from, boolean inside) {
            Json current = at;
            for (int i = from; i < steps.size(); i++) {
                if (steps.get(i) instanceof Path.Step.Every) {
                    elements(enter(current), i + 1, inside);
                    return;
                }
                current = step(current, steps.get(i));
                if (current == WRONG) {
                    wrongType = true;
                    return;
                }
            }
            if (current.isNull()) {
                miss(inside);
            } else {
                values.add(current);
            }
        }

        private void elements(Json array, int next, boolean inside) {
            if (array instanceof Json.JsonArray(List<Json> elements)) {
                for (Json element : elements) {
                    walk(element, next, true);
                }
            } else if (array.isNull()) {
                miss(inside);
            } else {
                wrongType = true;
            }
        }

        private void miss(boolean inside) {
            if (inside) {
                someMissing = true;
            } else {
                found = false;
            }
        }
    }

    private static Json step(Json at, Path.Step step) {
        Json inside = step instanceof Path.Step.Member member && member.block() ? block(enter(at)) : enter(at);
        if (inside.isNull()) {
            return inside;
        }
        return switch (step) {
            case Path.Step.Member(String name, boolean block) ->
                inside instanceof Json.JsonObject object ? member(object, name) : WRONG;
            case Path.Step.Element(int index) ->
                inside instanceof Json.JsonArray(List<Json> elements) ? element(elements, index) : WRONG;
            case Path.Step.Every ignored -> WRONG;
        };
    }

    /** A block that stands once is an array of one object; one that does not stand at all is an empty array. */
    private static Json block(Json at) {
        if (at instanceof Json.JsonArray(List<Json> elements)) {
            return switch (elements.size()) {
                case 0 -> Json.JsonNull.NULL;
                case 1 -> elements.getFirst();
                default -> at;
            };
        }
        return at;
    }

    /** The value of a block that was asked for as one object. */
    public static Met unblocked(Met met) {
        return met instanceof Met.Value(Json.JsonArray array)
                ? block(array).isNull() ? new Met.Nothing() : new Met.Value(block(array))
                : met;
    }

    private static Json element(List<Json> elements, int index) {
        return index < elements.size() ? elements.get(index) : Json.JsonNull.NULL;
    }

    /** IAM hands out policies URL-encoded. */
    private static Optional<Json> decoded(String text) {
        if (!text.startsWith("%7B")) {
            return Optional.empty();
        }
        try {
            return JsonReader.embedded(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    private static Json enter(Json at) {
        return at instanceof Json.JsonText(String text)
                ? JsonReader.embedded(text).or(() -> decoded(text)).orElse(at)
                : at;
    }

    private static Json member(Json.JsonObject object, String name) {
        Json exact = object.members().get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (member.getKey().length() == name.length() && member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return Json.JsonNull.NULL;
    }
}
