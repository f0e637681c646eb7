package dev.demarc.govern;

import java.util.List;

/** The answer to a decision someone wants to make: done, or refused with every reason. Nothing was written when it is refused. */
public sealed interface Ruling<T> {
    record Done<T>(T value) implements Ruling<T> {}

    record Refused<T>(Cause cause, List<Reason> reasons) implements Ruling<T> {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /** One reason: {@code what} is refused (the name of a part, or a JSON pointer into a document), why, and what to do next. */
    record Reason(String what, String why, String next) {
        @Override
        public String toString() {
            return what + ": " + why + "; " + next;
        }
    }

    /** The kind of refusal. */
    enum Cause {
        /** There is no such thing within the scope. */
        NOT_FOUND,
        /** The role of the scope may not decide this, or not for these accounts. */
        FORBIDDEN,
        /** Somebody else was faster: the document is not at the expected revision. */
        STALE,
        /** The state it is in does not allow the move. */
        STATE,
        /** What was asked for breaks a rule. */
        RULE
    }

    static <T> Ruling<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Ruling<T> refused(Cause cause, String what, String why, String next) {
        return new Refused<>(cause, List.of(new Reason(what, why, next)));
    }

    static <T> Ruling<T> refused(Cause cause, List<Reason> reasons) {
        return new Refused<>(cause, reasons);
    }
}
