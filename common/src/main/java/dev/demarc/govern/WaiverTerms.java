package dev.demarc.govern;

import java.time.Duration;

/**
 * What a waiver must meet, by the priority band of what it covers (the names are those of the bands). The more urgent the gap, the shorter
 * it may stay accepted and the more it takes to accept it.
 */
public enum WaiverTerms {
    CRITICAL(30, 2, true),
    HIGH(90, 2, true),
    MEDIUM(180, 1, false),
    LOW(365, 1, false);

    private final Duration maximumLife;
    private final int people;
    private final boolean compensated;

    WaiverTerms(int days, int people, boolean compensated) {
        this.maximumLife = Duration.ofDays(days);
        this.people = people;
        this.compensated = compensated;
    }

    /** The longest time from the request, and again from the approval, to the expiry. */
    public Duration maximumLife() {
        return maximumLife;
    }

    /** Whether another person than the one who asks has to approve. */
    public boolean needsSecondPerson() {
        return people > 1;
    }

    /** Whether a compensating control has to be named whatever was decided. */
    public boolean needsCompensatingControl() {
        return compensated;
    }

    /** The terms of the more urgent of the two bands. */
    public WaiverTerms stricter(WaiverTerms other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
