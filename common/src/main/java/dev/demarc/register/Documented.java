package dev.demarc.register;

/** The answer to "documented?" for a service type and control. */
public sealed interface Documented {
    record Yes() implements Documented {}

    /** No, and why. */
    record No(String because, Scope scope) implements Documented {}

    /** What a "no" is about. */
    enum Scope {
        SERVICE_TYPE,
        CONTROL
    }

    default boolean isYes() {
        return this instanceof Yes;
    }

    default String reason() {
        return switch (this) {
            case Yes ignored -> "";
            case No(String because, Scope ignored) -> because;
        };
    }
}
