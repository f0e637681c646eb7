package dev.demarc.evaluate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The opposite of a check; what is undetermined stays so. */
final class Negated implements Check {
    private static final int REMEMBERED = 512;

    private final Check check;
    private final Map<Truth, Truth> known = new ConcurrentHashMap<>();

    Negated(Check check) {
        this.check = check;
    }

    @Override
    public Truth test(Scope scope) {
        Truth inner = check.test(scope);
        Truth remembered = known.get(inner);
        if (remembered != null) {
            return remembered;
        }
        Truth outer = inner.negated();
        if (known.size() < REMEMBERED) {
            known.put(inner, outer);
        }
        return outer;
    }
}
