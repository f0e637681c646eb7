package dev.demarc.api;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The query parameters of one request, each declared and of its form. */
final class Parameters {
    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Refuses the request with every mistake in its parameters. */
    static Parameters read(Map<String, List<String>> query, List<Parameter> declared) {
        Map<String, Parameter> known = new TreeMap<>();
        declared.forEach(one -> known.put(one.name(), one));
        List<Problem.Mistake> mistakes = new ArrayList<>();
        new TreeMap<>(query).forEach((name, values) -> {
            Parameter parameter = known.get(name);
            if (parameter == null) {
                mistakes.add(
                        mistake(name, "unknown parameter '" + name + "'; this path takes " + list(known.keySet())));
                return;
            }
            if (values.size() != 1 && !parameter.repeats()) {
                mistakes.add(mistake(name, "parameter '" + name + "' stands more than once; send it once"));
            }
            values.stream()
                    .flatMap(value -> parameter.form().mistake(value).stream())
                    .distinct()
                    .forEach(what -> mistakes.add(mistake(name, "'" + name + "' " + what)));
        });
        if (!mistakes.isEmpty()) {
            throw Refusal.mistakes(Problem.Kind.BAD_PARAMETER, mistakes);
        }
        return new Parameters(Map.copyOf(query));
    }

    private static String list(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
    }

    private static Problem.Mistake mistake(String name, String detail) {
        return new Problem.Mistake("query", "/" + name.replace("~", "~0").replace("/", "~1"), detail);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Set<String> set(String name) {
        return new LinkedHashSet<>(all(name));
    }

    <T> Set<T> set(String name, Function<String, T> reading) {
        return all(name).stream().map(reading).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Optional<String> text(String name) {
        return all(name).stream().findFirst();
    }

    int whole(String name, int fallback) {
        return text(name).map(Integer::parseInt).orElse(fallback);
    }

    Optional<Instant> time(String name) {
        return text(name).flatMap(Parameter.Times::instant);
    }

    Optional<LocalDate> day(String name) {
        return text(name).flatMap(Parameter.Times::day);
    }
}
