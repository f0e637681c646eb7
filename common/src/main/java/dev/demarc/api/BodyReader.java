package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the members of a JSON body, strictly: a member of another type, a missing one and an unknown one are mistakes. All are collected;
 * {@link #finish} refuses the request with them. Until then a faulty member reads as its fallback.
 */
final class BodyReader {
    private final Json body;
    private final String place;
    private final List<Problem.Mistake> mistakes;
    private final Set<String> known = new LinkedHashSet<>();

    BodyReader(Json body) {
        this(body, "", new ArrayList<>());
        if (!body.isObject()) {
            throw Refusal.mistakes(
                    Problem.Kind.INVALID, List.of(new Problem.Mistake("body", "", "the body is a JSON object")));
        }
    }

    private BodyReader(Json body, String place, List<Problem.Mistake> mistakes) {
        this.body = body;
        this.place = place;
        this.mistakes = mistakes;
    }

    /** The members of an object inside; its mistakes are found with {@link #known} and told with this one's. */
    BodyReader object(String name) {
        known.add(name);
        if (!body.at(name).isObject()) {
            mistake(name, "is a JSON object");
        }
        return new BodyReader(body.at(name), place + "/" + name, mistakes);
    }

    /** Text that is not blank, at most {@code longest} characters. */
    String text(String name, int longest) {
        return optionalText(name, longest).orElseGet(() -> missing(name));
    }

    Optional<String> optionalText(String name, int longest) {
        known.add(name);
        Json value = body.at(name);
        if (!body.members().containsKey(name)) {
            return Optional.empty();
        }
        Optional<String> text =
                value.text().filter(one -> !one.isBlank() && one.codePointCount(0, one.length()) <= longest);
        if (text.isEmpty()) {
            mistake(name, "is text of 1 to " + longest + " characters, not only blanks");
            // Said once; the caller goes on with something.
            return Optional.of("?");
        }
        return text;
    }

    Instant time(String name) {
        String text = text(name, 40);
        return Parameter.Times.instant(text).orElseGet(() -> {
            if (!hasMistake(name)) {
                mistake(name, "is a time like 2026-01-31T10:00:00Z");
            }
            return Instant.EPOCH;
        });
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        String text = text(name, 40);
        for (E one : type.getEnumConstants()) {
            if (one.name().equals(text)) {
                return one;
            }
        }
        if (!hasMistake(name)) {
            mistake(
                    name,
                    "is one of "
                            + String.join(
                                    ", ",
                                    Stream.of(type.getEnumConstants())
                                            .map(Enum::name)
                                            .toList()));
        }
        return type.getEnumConstants()[0];
    }

    /** Empty when the member is missing. */
    <E extends Enum<E>> Optional<E> optionalChoice(String name, Class<E> type) {
        known.add(name);
        return body.members().containsKey(name) ? Optional.of(choice(name, type)) : Optional.empty();
    }

    ControlId control(String name) {
        return parsed(name, text(name, 40), ControlId::new).orElse(new ControlId("XXX-00"));
    }

    Optional<AccountId> account(String name) {
        return optionalText(name, 200).flatMap(text -> parsed(name, text, AccountId::ofKey));
    }

    /** What {@code reading} makes of the text; its refusal is a mistake of the member. */
    <T> Optional<T> parsed(String name, String text, Function<String, T> reading) {
        try {
            return Optional.of(reading.apply(text));
        } catch (IllegalArgumentException e) {
            if (!hasMistake(name)) {
                mistake(name, String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        }
    }

    /** Texts of a list, each one of the allowed. */
    Set<String> words(String name, Set<String> allowed) {
        known.add(name);
        Set<String> words = new LinkedHashSet<>();
        if (!body.members().containsKey(name)) {
            return words;
        }
        List<Json> elements = body.at(name).elements();
        if (elements.isEmpty()) {
            mistake(name, "is a list of at least one of " + String.join(", ", allowed));
        }
        for (int i = 0; i < elements.size(); i++) {
            String word = elements.get(i).text().orElse("");
            if (!allowed.contains(word)) {
                mistake(name + "/" + i, "is one of " + String.join(", ", allowed));
            }
            words.add(word);
        }
        return words;
    }

    private String missing(String name) {
        mistake(name, "is missing");
        return "?";
    }

    void mistake(String name, String what) {
        mistakes.add(new Problem.Mistake("body", place + "/" + name, "'" + name + "' " + what));
    }

    /** Whether the member is given or left out as it may be. */
    boolean isSound(String name) {
        return !hasMistake(name);
    }

    private boolean hasMistake(String name) {
        return mistakes.stream().anyMatch(one -> one.pointer().equals(place + "/" + name));
    }

    /** Refuses the request when anything was wrong with its body. */
    void finish() {
        known();
        if (!mistakes.isEmpty()) {
            throw Refusal.mistakes(Problem.Kind.INVALID, mistakes);
        }
    }

    /** Every member that nobody asked for is a mistake. */
    void known() {
        body.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> mistakes.add(new Problem.Mistake(
                        "body",
                        place + "/" + name.replace("~", "~0").replace("/", "~1"),
                        "unknown member '" + name + "'; there are " + String.join(", ", known))));
    }
}
