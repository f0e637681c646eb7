package dev.demarc.register;

import dev.demarc.json.Json;
import dev.demarc.register.RegisterReader.Mistake;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes members of a JSON object by their type and collects what is not as it should be. */
final class Mistakes {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final List<Mistake> all = new ArrayList<>();

    List<Mistake> all() {
        return List.copyOf(all);
    }

    void add(String pointer, String message) {
        all.add(new Mistake(pointer, message));
    }

    /** That the value is an object, when it is there, with no other members than these. */
    void members(Json json, String at, Set<String> known) {
        if (!json.isObject() && !json.isNull()) {
            add(
                    at,
                    "expected an object; it has "
                            + String.join(", ", known.stream().sorted().toList()));
        }
        json.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> add(
                        at + "/" + name.replace("~", "~0").replace("/", "~1"),
                        "'" + name + "' is not known here; known are "
                                + String.join(", ", known.stream().sorted().toList())));
    }

    List<Json> elements(Json json, String at) {
        if (!json.isNull() && !(json instanceof Json.JsonArray)) {
            add(at, "expected a list");
        }
        return json.elements();
    }

    Optional<String> text(Json json, String name, String at) {
        Json value = json.at(name);
        if (!value.isNull() && value.text().isEmpty()) {
            add(at + "/" + name, name + " is no text; quote it");
        }
        return value.text();
    }

    String required(Json json, String name, String at, String next) {
        String text = text(json, name, at).orElse("");
        if (text.isBlank() && (json.at(name).isNull() || json.at(name).text().isPresent())) {
            add(at, "the entry has no " + name + "; " + next);
        }
        return text;
    }

    Optional<String> matching(Json json, String name, String at, Pattern form, String next) {
        Optional<String> text = text(json, name, at);
        text.filter(value -> !form.matcher(value).matches())
                .ifPresent(ignored -> add(at + "/" + name, name + " is malformed; " + next));
        return text;
    }

    Optional<LocalDate> date(Json json, String name, String at) {
        try {
            String text = json.textAt(name, "");
            if (DATE.matcher(text).matches()) {
                return Optional.of(LocalDate.parse(text));
            }
        } catch (DateTimeParseException noSuchDay) {
            // Said below, like any other text that is no date.
        }
        add(at + "/" + name, name + " is no date; write YYYY-MM-DD");
        return Optional.empty();
    }

    boolean flag(Json json, String name, String at) {
        Json value = json.at(name);
        if (!(value instanceof Json.JsonBoolean)) {
            add(value.isNull() ? at : at + "/" + name, "say " + name + ": true or " + name + ": false");
        }
        return value == Json.JsonBoolean.TRUE;
    }

    /** A whole number from 1 to {@code most}, or the fallback. */
    long number(Json json, String name, String at, long most, long fallback) {
        Json value = json.at(name);
        if (value.isNull()) {
            return fallback;
        }
        Optional<Long> number = value instanceof Json.JsonNumber digits ? digits.asLong() : Optional.empty();
        if (number.filter(one -> one >= 1 && one <= most).isEmpty()) {
            add(at + "/" + name, name + " is a whole number from 1 to " + most);
            return fallback;
        }
        return number.orElse(fallback);
    }
}
