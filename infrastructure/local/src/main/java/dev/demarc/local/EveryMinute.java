package dev.demarc.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Does a piece of work at once and then every minute, until closed. What failed is told, and tried again in a minute. */
final class EveryMinute implements AutoCloseable {
    private final Thread thread;

    private EveryMinute(Thread thread) {
        this.thread = thread;
    }

    static EveryMinute start(Runnable work, Consumer<String> log) {
        return start(work, log, Duration.ofMinutes(1));
    }

    static EveryMinute start(Runnable work, Consumer<String> log, Duration pause) {
        return new EveryMinute(Thread.ofVirtual().name("housekeeping").start(() -> repeat(work, log, pause)));
    }

    private static void repeat(Runnable work, Consumer<String> log, Duration pause) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.accept("the work that the clock drives failed and is tried again in a minute: " + e);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    /** Waits while the work goes on. */
    void goOnUntil(CountDownLatch stopped) throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
