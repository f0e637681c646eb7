package dev.demarc.catalogue.oracle;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** Plain reading of JSON for the oracles, apart from the catalogue's paths and settings. A missing or null member is JSON null. */
final class Reading {
    /** Stands for a value that cannot be reached because something on the way has another type. No question about it is answered. */
    static final Json BROKEN = Json.array(List.of(Json.of("broken")));

    private Reading() {}

    static Json at(Json from, String... names) {
        Json current = from;
        for (String name : names) {
            if (current.isNull()) {
                return current;
            }
            Json inside = inside(current);
            if (!inside.isObject()) {
                return BROKEN;
            }
            current = inside.at(name);
        }
        return current;
    }

    /** A text that holds an object or an array stands for what it holds. */
    static Json inside(Json value) {
        String text = value.text().orElse("").strip();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return value;
        }
        try {
            return JsonReader.parse(text);
        } catch (MalformedJson notJson) {
            return value;
        }
    }

    static Answer text(Json value, Predicate<String> met) {
        return value instanceof Json.JsonText(String text) ? Answer.of(met.test(text)) : Answer.OPEN;
    }

    static Answer text(Json value, String absent, Predicate<String> met) {
        return value.isNull() ? Answer.of(met.test(absent)) : text(value, met);
    }

    /** Text that says something, nothing being said when it is missing. */
    static Answer filled(Json value) {
        return text(value, "", text -> !text.isBlank());
    }

    static Predicate<String> among(String... words) {
        return text -> List.of(words).stream().anyMatch(text::equalsIgnoreCase);
    }

    static Answer truth(Json value) {
        return value instanceof Json.JsonBoolean truth ? Answer.of(truth == Json.JsonBoolean.TRUE) : Answer.OPEN;
    }

    static Answer truth(Json value, boolean absent) {
        return value.isNull() ? Answer.of(absent) : truth(value);
    }

    static Answer whole(Json value, LongPredicate met) {
        return value instanceof Json.JsonNumber number
                ? number.asLong().map(one -> Answer.of(met.test(one))).orElse(Answer.OPEN)
                : Answer.OPEN;
    }

    static Answer whole(Json value, long absent, LongPredicate met) {
        return value.isNull() ? Answer.of(met.test(absent)) : whole(value, met);
    }

    /** As {@link #whole}, where digits may stand in a text. */
    static Answer digits(Json value, LongPredicate met) {
        return value instanceof Json.JsonText(String text) && text.matches("[0-9]{1,18}")
                ? Answer.of(met.test(Long.parseLong(text)))
                : whole(value, met);
    }

    /** The objects of an array; empty when this is none, or one of its elements is no object. */
    static Optional<List<Json>> list(Json value) {
        return value != BROKEN && inside(value) instanceof Json.JsonArray(List<Json> elements)
                ? objects(elements)
                : Optional.empty();
    }

    static Optional<List<Json>> list(Json value, List<Json> absent) {
        return value.isNull() ? Optional.of(absent) : list(value);
    }

    static Optional<List<Json>> objects(List<Json> elements) {
        return Optional.of(elements).filter(all -> all.stream().allMatch(Json::isObject));
    }

    /** The texts of an array; empty when it holds anything else. */
    static Optional<List<String>> words(Json value) {
        return value != BROKEN && inside(value) instanceof Json.JsonArray(List<Json> elements)
                ? words(elements)
                : Optional.empty();
    }

    static Optional<List<String>> words(List<Json> values) {
        List<String> words = values.stream().flatMap(one -> one.text().stream()).toList();
        return words.size() == values.size() ? Optional.of(words) : Optional.empty();
    }

    static Answer some(Optional<List<Json>> list, Function<Json, Answer> met) {
        Answer answer = list.isPresent() ? Answer.NO : Answer.OPEN;
        for (Json element : list.orElse(List.of())) {
            answer = answer.or(met.apply(element));
        }
        return answer;
    }

    static Answer every(Optional<List<Json>> list, Function<Json, Answer> met) {
        return some(list, element -> met.apply(element).not()).not();
    }

    static Answer none(Optional<List<Json>> list, Function<Json, Answer> met) {
        return some(list, met).not();
    }

    static <T> Answer about(Optional<T> known, Predicate<T> met) {
        return known.map(value -> Answer.of(met.test(value))).orElse(Answer.OPEN);
    }

    /**
     * The values that a way through arrays reaches, {@code *} standing for each element. {@code gap}: an element lacks the member;
     * {@code absent}: the outermost array is missing; empty when something on the way has another type.
     */
    record Reached(List<Json> values, boolean absent, boolean gap) {}

    static Optional<Reached> reach(Json from, String... way) {
        List<Json> values = new ArrayList<>();
        boolean[] missing = {false, false};
        return walk(from, List.of(way), false, values, missing)
                ? Optional.of(new Reached(values, missing[0], missing[1]))
                : Optional.empty();
    }

    private static boolean walk(Json from, List<String> way, boolean within, List<Json> values, boolean[] missing) {
        int star = way.indexOf("*");
        Json reached = at(from, (star < 0 ? way : way.subList(0, star)).toArray(String[]::new));
        if (reached == BROKEN) {
            return false;
        }
        if (reached.isNull()) {
            missing[within ? 1 : 0] = true;
            return true;
        }
        if (star < 0) {
            values.add(reached);
            return true;
        }
        if (!(inside(reached) instanceof Json.JsonArray(List<Json> elements))) {
            return false;
        }
        boolean right = true;
        for (Json element : elements) {
            right &= walk(element, way.subList(star + 1, way.size()), true, values, missing);
        }
        return right;
    }
}
