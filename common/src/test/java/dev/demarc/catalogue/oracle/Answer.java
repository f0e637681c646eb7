package dev.demarc.catalogue.oracle;

/** What the second reading says: met, not met, not to be told from what was read, or not the customer's question here. */
enum Answer {
    YES("COMPLIANT"),
    NO("NON_COMPLIANT"),
    OPEN("UNKNOWN"),
    ASIDE("NOT_APPLICABLE");

    private final String verdict;

    Answer(String verdict) {
        this.verdict = verdict;
    }

    String verdict() {
        return verdict;
    }

    static Answer of(boolean met) {
        return met ? YES : NO;
    }

    Answer and(Answer other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == OPEN || other == OPEN ? OPEN : YES;
    }

    Answer or(Answer other) {
        return not().and(other.not()).not();
    }

    Answer not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case OPEN, ASIDE -> this;
        };
    }
}
