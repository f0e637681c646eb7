package dev.demarc.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Several checks under one connective. Remembers its answers by the answers of its parts: resources mostly repeat them. */
final class Combined implements Check {
    // Parts that name single resources could differ without end; what does not fit is made anew each time.
    private static final int REMEMBERED = 512;

    private record Seen(Truth[] parts, Truth whole) {}

    private final Check[] checks;
    private final Function<List<Truth>, Truth> connective;
    private final Map<List<Truth>, Truth> known = new ConcurrentHashMap<>();
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
        Truth whole = whole(Arrays.asList(parts));
        last = new Seen(parts, whole);
        return whole;
    }

    private Truth whole(List<Truth> parts) {
        Truth remembered = known.get(parts);
        if (remembered != null) {
            return remembered;
        }
        Truth whole = connective.apply(parts);
        if (known.size() < REMEMBERED) {
            known.put(parts, whole);
        }
        return whole;
    }
}
