package dev.demarc.api;

import dev.demarc.govern.Ruling;
import java.util.List;

/** What a refused decision means in HTTP. */
final class Rulings {
    private Rulings() {}

    /** The value of a decision that was made; refuses the request for one that was not. */
    static <T> T value(Ruling<T> ruling) {
        return switch (ruling) {
            case Ruling.Done<T>(T value) -> value;
            case Ruling.Refused<T>(Ruling.Cause cause, List<Ruling.Reason> reasons) -> throw refusal(cause, reasons);
        };
    }

    /** As {@link #value}, for something that is made: that its id is in use is a conflict and not a stale revision. */
    static <T> T made(Ruling<T> ruling) {
        if (ruling instanceof Ruling.Refused<T>(Ruling.Cause cause, List<Ruling.Reason> reasons)
                && cause == Ruling.Cause.STALE) {
            throw Refusal.mistakes(
                    Problem.Kind.CONFLICT,
                    reasons.stream().map(Rulings::mistake).toList());
        }
        return value(ruling);
    }

    private static Refusal refusal(Ruling.Cause cause, List<Ruling.Reason> reasons) {
        List<Problem.Mistake> mistakes = reasons.stream().map(Rulings::mistake).toList();
        return switch (cause) {
            case NOT_FOUND -> Refusal.notFound();
            case FORBIDDEN -> Refusal.mistakes(Problem.Kind.FORBIDDEN, mistakes);
            case STALE -> Refusal.mistakes(Problem.Kind.STALE, mistakes);
            case STATE -> Refusal.mistakes(Problem.Kind.CONFLICT, mistakes);
            case RULE -> Refusal.mistakes(Problem.Kind.INVALID, mistakes);
        };
    }

    private static Problem.Mistake mistake(Ruling.Reason reason) {
        String what = reason.what();
        String pointer = what.isEmpty() || what.startsWith("/") ? what : "/" + what.replace('.', '/');
        return new Problem.Mistake("body", pointer, reason.toString());
    }
}
