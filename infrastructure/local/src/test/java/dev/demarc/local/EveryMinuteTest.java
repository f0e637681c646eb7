package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EveryMinuteTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void worksAtOnceAndThenWaits() throws InterruptedException {
        CountDownLatch worked = new CountDownLatch(1);
        try (EveryMinute every = EveryMinute.start(
                () -> {
                    runs.incrementAndGet();
                    worked.countDown();
                },
                log::add)) {
            every.goOnUntil(worked);
        }

        assertThat(runs).hasValue(1);
        assertThat(log).isEmpty();
    }

    @Test
    void worksAgainAfterThePause() throws InterruptedException {
        CountDownLatch worked = new CountDownLatch(5);
        try (EveryMinute every = EveryMinute.start(worked::countDown, log::add, Duration.ofNanos(1))) {
            every.goOnUntil(worked);
        }

        assertThat(worked.getCount()).isZero();
    }

    @Test
    void tellsOfAFailureAndTriesAgain() throws InterruptedException {
        CountDownLatch worked = new CountDownLatch(1);
        Runnable work = () -> {
            if (runs.incrementAndGet() <= 2) {
                throw new IllegalStateException("failure " + runs.get());
            }
            worked.countDown();
        };
        try (EveryMinute every = EveryMinute.start(work, log::add, Duration.ofNanos(1))) {
            every.goOnUntil(worked);
        }

        assertThat(log)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("tried again in a minute"))
                .anySatisfy(line -> assertThat(line).contains("failure 1"))
                .anySatisfy(line -> assertThat(line).contains("failure 2"));
    }

    @Test
    void doesNothingMoreWhenItIsClosed() throws InterruptedException {
        CountDownLatch worked = new CountDownLatch(3);
        EveryMinute every = EveryMinute.start(
                () -> {
                    runs.incrementAndGet();
                    worked.countDown();
                },
                log::add,
                Duration.ofNanos(1));
        // Control: it does work until then.
        assertThat(worked.await(30, TimeUnit.SECONDS)).isTrue();
        every.close();
        int closed = runs.get();
        CountDownLatch later = new CountDownLatch(3);
        try (EveryMinute other = EveryMinute.start(later::countDown, log::add, Duration.ofNanos(1))) {
            other.goOnUntil(later);
        }

        assertThat(runs).hasValue(closed);
    }

    @Test
    void letsTheWorkUnderWayEndWhenItIsClosed() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Runnable work = () -> {
            begun.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            ended.incrementAndGet();
        };
        try (EveryMinute every = EveryMinute.start(work, log::add)) {
            every.goOnUntil(begun);
        }

        assertThat(ended).hasValue(1);
    }
}
