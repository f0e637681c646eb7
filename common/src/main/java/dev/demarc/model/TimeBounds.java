package dev.demarc.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Which times are believed of what others say: from 1970 to a day ahead of the clock, since clocks differ. A later one would outlast every
 * true one that follows, and one far outside cannot be written in the forms that readers know.
 */
public final class TimeBounds {
    private static final Duration AHEAD = Duration.ofDays(1);

    private TimeBounds() {}

    public static boolean hold(Instant time, Instant now) {
        return !time.isBefore(Instant.EPOCH) && !time.isAfter(latest(now));
    }

    public static Instant latest(Instant now) {
        return now.plus(AHEAD);
    }
}
