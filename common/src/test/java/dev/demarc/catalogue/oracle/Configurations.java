package dev.demarc.catalogue.oracle;

import dev.demarc.json.Json;
import dev.demarc.normalise.SourceDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes configurations of a service type out of those that its cases show: one of them with up to three values exchanged, removed, nulled
 * or given another type. Where the cases of the row differ among themselves is where most changes happen.
 */
final class Configurations {
    private static final List<Json> STRANGE = List.of(
            Json.of(true),
            Json.of(false),
            Json.of(0),
            Json.of(1),
            Json.of(7),
            Json.of(90),
            Json.of(-1),
            Json.of("7"),
            Json.of(""),
            Json.of("other"),
            Json.array(List.of()),
            Json.array(List.of(Json.of("*"))),
            Json.array(List.of(Json.of(7))),
            Json.object().build(),
            Json.array(List.of(Json.object().build())),
            new Json.JsonNumber("1.5"));

    private final Random random;
    private final List<Json> starts;
    private final Map<List<String>, Set<Json>> seen = new LinkedHashMap<>();
    private final List<List<String>> places;
    private final List<List<String>> differing;
    private final List<Json> words;

    Configurations(List<SourceDocument> documents, Random random) {
        this.random = random;
        this.starts = documents.stream().map(Configurations::world).distinct().toList();
        starts.forEach(start -> note(start, List.of()));
        this.places = List.copyOf(seen.keySet());
        this.differing = places.stream()
                .filter(place -> at(place).size() > 1
                        || starts.stream().anyMatch(start -> value(start, place).isNull()))
                .toList();
        Set<Json> texts = new LinkedHashSet<>();
        differing.forEach(place ->
                at(place).stream().filter(Json.JsonText.class::isInstance).forEach(texts::add));
        this.words = texts.isEmpty() ? STRANGE : List.copyOf(texts);
    }

    private Set<Json> at(List<String> place) {
        return seen.getOrDefault(place, Set.of());
    }

    /** The next configuration. */
    World next() {
        Json world = pick(starts);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            List<String> place = pick(differing.isEmpty() || random.nextInt(5) == 0 ? places : differing);
            world = changed(world, place, 0, this::another);
        }
        return new World(world);
    }

    private <T> T pick(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    /** A value for the place that the path names: one seen there, one of another type, or none. */
    private Json another(List<String> place) {
        int kind = random.nextInt(10);
        if (kind < 5) {
            return pick(List.copyOf(at(place)));
        }
        return switch (kind) {
            case 5, 6 -> Json.JsonNull.NULL;
            case 7 -> pick(words);
            default -> pick(STRANGE);
        };
    }

    private interface Change {
        Json at(List<String> place);
    }

    private Json changed(Json from, List<String> place, int depth, Change change) {
        if (depth == place.size()) {
            return change.at(place);
        }
        String step = place.get(depth);
        UnaryOperator<Json> deeper = inner -> changed(inner, place, depth + 1, change);
        if (from instanceof Json.JsonArray(List<Json> elements)) {
            int index = step.startsWith("#") ? Integer.parseInt(step.substring(1)) : elements.size();
            if (index >= elements.size()) {
                return from;
            }
            List<Json> copy = new ArrayList<>(elements);
            Json made = deeper.apply(copy.get(index));
            if (made.isNull() && depth + 1 == place.size() && random.nextBoolean()) {
                copy.remove(index);
            } else {
                copy.set(index, made);
            }
            return new Json.JsonArray(copy);
        }
        if (!from.isObject()) {
            return from;
        }
        Map<String, Json> copy = new LinkedHashMap<>(from.members());
        Json made = deeper.apply(from.at(step));
        if (made.isNull() && random.nextBoolean()) {
            copy.remove(step);
        } else {
            copy.put(step, made);
        }
        return new Json.JsonObject(copy);
    }

    private void note(Json value, List<String> place) {
        if (place.size() > (place.isEmpty() || !place.getFirst().equals("companions") ? 0 : 1)) {
            seen.computeIfAbsent(place, ignored -> new LinkedHashSet<>()).add(value);
        }
        value.members().forEach((name, member) -> note(member, longer(place, name)));
        for (int i = 0; i < value.elements().size(); i++) {
            note(value.elements().get(i), longer(place, "#" + i));
        }
    }

    private static List<String> longer(List<String> place, String step) {
        List<String> longer = new ArrayList<>(place);
        longer.add(step);
        return List.copyOf(longer);
    }

    private static Json value(Json from, List<String> place) {
        Json current = from;
        for (String step : place) {
            int index = step.startsWith("#") ? Integer.parseInt(step.substring(1)) : -1;
            List<Json> elements = current.elements();
            current = index < 0 ? current.at(step) : index < elements.size() ? elements.get(index) : Json.JsonNull.NULL;
        }
        return current;
    }

    static Json world(SourceDocument document) {
        Map<String, Json> companions = new LinkedHashMap<>();
        document.companions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> companions.put(
                        one.getKey(),
                        switch (one.getValue()) {
                            case SourceDocument.Companion.Read(List<Json> documents) -> Json.array(documents);
                            case SourceDocument.Companion.Denied ignored -> Json.of("denied");
                            case SourceDocument.Companion.Missing ignored -> Json.of("missing");
                        }));
        return Json.object()
                .with("main", document.main())
                .with("companions", new Json.JsonObject(companions))
                .build();
    }

    static SourceDocument document(World world) {
        Map<String, SourceDocument.Companion> companions = new LinkedHashMap<>();
        world.json().at("companions").members().forEach((name, value) -> {
            if (value instanceof Json.JsonArray(List<Json> documents)) {
                companions.put(name, new SourceDocument.Companion.Read(documents));
            } else if (!value.isNull()) {
                companions.put(
                        name,
                        value.equals(Json.of("denied"))
                                ? new SourceDocument.Companion.Denied("a permission")
                                : new SourceDocument.Companion.Missing("not there"));
            }
        });
        return new SourceDocument(world.main(), true, companions);
    }
}
