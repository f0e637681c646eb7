package dev.demarc.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a delivery that failed is tried again: at a random time within a span that doubles (full jitter), so that receivers that come back
 * are not met by everything at once. Ten attempts, the last at most {@link #longest} after the first.
 */
final class DeliverySchedule {
    static final int ATTEMPTS = 10;

    private static final Duration FIRST_SPAN = Duration.ofMinutes(3);

    private final RandomGenerator random;

    DeliverySchedule(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait after this many attempts, from 1. */
    Duration waitAfter(int attempts) {
        return Duration.ofMillis(1000 + random.nextLong(span(attempts).toMillis()));
    }

    static Duration span(int attempts) {
        return FIRST_SPAN.multipliedBy(1L << (attempts - 1));
    }

    /** 25 hours and a half. */
    static Duration longest() {
        Duration sum = Duration.ZERO;
        for (int attempts = 1; attempts < ATTEMPTS; attempts++) {
            sum = sum.plus(span(attempts)).plusSeconds(1);
        }
        return sum;
    }
}
