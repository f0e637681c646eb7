package dev.demarc.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Several checks under one connective. Remembers the last answers: neighbouring resources mostly give the same. */
final class Combined implements Check {
    private record Seen(Truth[] parts, Truth whole) {}

    private final Check[] checks;
    private final Function<List<Truth>, Truth> connective;
    private volatile Seen last = new Seen(new Truth[0], Truth.undetermined(""));

    Combined(List<Check> checks, Function<List<Truth>, Truth> connective) {
        this.checks = checks.toArray(Check[]::new);
        this.connective = connective;
    }

    @Override
    public Truth test(Scope scope) {
        Seen seen = last;
        boolean same = seen.parts.length == checks.length;
        Truth[] parts = new Truth[checks.length];
        for (int i = 0; i < checks.length; i++) {
            parts[i] = checks[i].test(scope);
            same = same && parts[i] == seen.parts[i];
        }
        if (same) {
            return seen.whole;
        }
        Truth whole = connective.apply(Arrays.asList(parts));
        last = new Seen(parts, whole);
        return whole;
    }
}
