package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final List<Duration> waits = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-24T06:00:00Z");

    @Test
    void answersWithoutAWaitWhenTheFirstAttemptSucceeds() {
        assertThat(retry(Retry.Limits.STANDARD).call(() -> "done")).isEqualTo("done");
        assertThat(waits).isEmpty();
    }

    @Test
    void triesAgainUntilTheFailurePasses() {
        String answer = retry(Retry.Limits.STANDARD).call(() -> failing(2, new Transient("throttled")));

        assertThat(answer).isEqualTo("done");
        assertThat(calls).hasValue(3);
    }

    @Test
    void givesUpAfterTheLastAttemptWithItsFailure() {
        assertThatThrownBy(() -> retry(Retry.Limits.STANDARD).call(() -> failing(99, new Transient("throttled"))))
                .isInstanceOf(Transient.class)
                .hasMessage("throttled");
        assertThat(calls).hasValue(Retry.Limits.STANDARD.attempts());
    }

    @Test
    void makesOneAttemptAtWhatTheClientBehindItHasTriedAlready() {
        Transient spent = new Transient("throttled", Transient.Tries.SPENT, new IllegalStateException());

        assertThatThrownBy(() -> retry(Retry.Limits.STANDARD).call(() -> failing(1, spent)))
                .isSameAs(spent);
        assertThat(calls).hasValue(1);
    }

    @Test
    void makesOneAttemptAtAFailureThatDoesNotPass() {
        assertThatThrownBy(() ->
                        retry(Retry.Limits.STANDARD).call(() -> failing(1, new IllegalArgumentException("a defect"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void drawsEachWaitFromZeroToABoundThatDoubles() {
        Retry.Limits limits =
                new Retry.Limits(5, Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMinutes(1));
        List<Duration> longest = new ArrayList<>(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        List<Duration> shortest = new ArrayList<>(
                List.of(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));

        for (int seed = 0; seed < 500; seed++) {
            waits.clear();
            calls.set(0);
            retry(limits, seed).call(() -> failing(4, new Transient("throttled")));
            for (int i = 0; i < waits.size(); i++) {
                longest.set(i, max(longest.get(i), waits.get(i)));
                shortest.set(i, min(shortest.get(i), waits.get(i)));
            }
        }

        assertThat(longest.get(0)).isBetween(Duration.ofMillis(90), Duration.ofMillis(100));
        assertThat(longest.get(1)).isBetween(Duration.ofMillis(180), Duration.ofMillis(200));
        assertThat(longest.get(2)).isBetween(Duration.ofMillis(360), Duration.ofMillis(400));
        assertThat(longest.get(3)).isBetween(Duration.ofMillis(360), Duration.ofMillis(400));
        assertThat(shortest).allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofMillis(20)));
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        retry(Retry.Limits.STANDARD)
                .call(() -> failing(1, new Transient("throttled", Optional.of(Duration.ofSeconds(7)))));

        assertThat(waits).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void leavesItToThePlatformWhenTheServerAsksForMoreThanIsLeft() {
        Transient throttled = new Transient("throttled", Optional.of(Duration.ofMinutes(5)));

        assertThatThrownBy(() -> retry(Retry.Limits.STANDARD).call(() -> failing(1, throttled)))
                .isSameAs(throttled);
        assertThat(waits).isEmpty();
    }

    @Test
    void beginsNoAttemptAfterItsTimeIsOver() {
        Retry.Limits limits =
                new Retry.Limits(100, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(20));

        assertThatThrownBy(() -> retry(limits).call(() -> {
                    now = now.plusSeconds(9);
                    return failing(99, new Transient("slow"));
                }))
                .hasMessage("slow");
        assertThat(calls).hasValueBetween(2, 3);
    }

    @Test
    void stopsWhenItIsInterrupted() {
        Retry retry = new Retry(
                Retry.Limits.STANDARD,
                () -> now,
                time -> {
                    throw new InterruptedException();
                },
                new Random(1));

        assertThatThrownBy(() -> retry.call(() -> failing(1, new Transient("throttled"))))
                .hasMessage("throttled");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).hasValue(1);
    }

    @Test
    void refusesLimitsWithoutAnAttempt() {
        assertThatThrownBy(() -> new Retry.Limits(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("got 0");
    }

    private Retry retry(Retry.Limits limits) {
        return retry(limits, 1);
    }

    private Retry retry(Retry.Limits limits, int seed) {
        return new Retry(
                limits,
                () -> now,
                time -> {
                    waits.add(time);
                    now = now.plus(time);
                },
                new Random(seed));
    }

    private String failing(int times, RuntimeException failure) {
        if (calls.incrementAndGet() <= times) {
            throw failure;
        }
        return "done";
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
