package dev.demarc.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries again what failed in a way that may pass ({@link Transient}), a bounded number of times and within a bounded time, after waits that
 * double and are drawn at random from zero up (full jitter), so that many accounts that failed together do not come back together.
 *
 * <p>Retries multiply, so each call has one layer of them inside the function: the AWS SDK tries its own calls (standard mode, 3 attempts)
 * and what it gives up is {@link Transient.Tries#SPENT} or no {@link Transient} at all; calls over plain HTTP are tried here ({@link
 * Limits#STANDARD}, 3 attempts). Around both stands the platform's redelivery, which has its own limit: SQS {@code maxReceiveCount} 5, Event
 * Grid 30 attempts in 24 hours, Pub/Sub 5 to 100 attempts. One call is therefore made at most 3 × 5 times for one message on AWS.
 */
public final class Retry {
    /** Waits between two attempts. Production passes {@code Thread::sleep}. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * {@code attempts} counts the first one; the wait before attempt n+1 is at most {@code first} × 2^(n−1) and at most {@code longest};
     * no attempt begins later than {@code total} after the first.
     */
    public record Limits(int attempts, Duration first, Duration longest, Duration total) {
        // Event Grid waits 30 seconds for an answer: what is not done in 20 is better delivered again.
        public static final Limits STANDARD =
                new Limits(3, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(20));

        public Limits {
            if (attempts < 1) {
                throw new IllegalArgumentException("at least one attempt is made; got " + attempts);
            }
        }
    }

    private static final int DOUBLINGS = 20;

    private final Limits limits;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    public Retry(Limits limits, InstantSource clock, Sleeper sleeper, RandomGenerator random) {
        this.limits = limits;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
    }

    /** One attempt: whatever fails is left to the platform. */
    public static Retry none() {
        Limits once = new Limits(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        return new Retry(once, InstantSource.fixed(Instant.EPOCH), time -> {}, RandomGenerator.getDefault());
    }

    /** The answer of the work; its last failure when no attempt is left. The work must be safe to repeat. */
    public <T> T call(Supplier<T> work) {
        Instant end = clock.instant().plus(limits.total());
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (Transient failure) {
                Duration wait = wait(attempt, failure);
                if (!failure.hasTriesLeft()
                        || attempt >= limits.attempts()
                        || clock.instant().plus(wait).isAfter(end)) {
                    throw failure;
                }
                sleep(wait, failure);
            }
        }
    }

    private Duration wait(int attempt, Transient failure) {
        long doubled = limits.first().toMillis() << Math.min(attempt - 1, DOUBLINGS);
        long bound = Math.min(limits.longest().toMillis(), doubled);
        Duration jittered = Duration.ofMillis(random.nextLong(bound + 1));
        return failure.wanted().compareTo(jittered) > 0 ? failure.wanted() : jittered;
    }

    private void sleep(Duration wait, Transient failure) {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
