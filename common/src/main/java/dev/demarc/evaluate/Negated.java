package dev.demarc.evaluate;

/** The opposite of a check; what is undetermined stays so. */
final class Negated implements Check {
    private record Seen(Truth inner, Truth outer) {}

    private final Check check;
    private volatile Seen last = new Seen(Truth.undetermined(""), Truth.undetermined(""));

    Negated(Check check) {
        this.check = check;
    }

    @Override
    public Truth test(Scope scope) {
        Truth inner = check.test(scope);
        Seen seen = last;
        if (seen.inner != inner) {
            seen = new Seen(inner, inner.negated());
            last = seen;
        }
        return seen.outer;
    }
}
