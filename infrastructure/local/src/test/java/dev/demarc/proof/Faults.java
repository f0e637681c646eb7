package dev.demarc.proof;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Ways in which the calls of a port fail. */
final class Faults {
    private Faults() {}

    /** When a call fails: before it had an effect, or after, so that only its answer is lost. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Fails each call with this probability, half of the time after it took effect. */
    static Intercepted.Interceptor random(Random random, double probability) {
        return call -> {
            double drawn;
            synchronized (random) {
                drawn = random.nextDouble();
            }
            if (drawn < probability / 2) {
                throw new Fault(call.name() + " was refused");
            }
            Object answer = call.proceed();
            if (drawn < probability) {
                throw new Fault("the answer of " + call.name() + " was lost");
            }
            return answer;
        };
    }

    /** Fails the n-th call, counted from 1, and no other. */
    static Intercepted.Interceptor nth(AtomicLong calls, long n, Moment moment) {
        return call -> {
            boolean fails = calls.incrementAndGet() == n;
            if (fails && moment == Moment.BEFORE) {
                throw new Fault(call.name() + " was refused");
            }
            Object answer = call.proceed();
            if (fails) {
                throw new Fault("the answer of " + call.name() + " was lost");
            }
            return answer;
        };
    }

    /** Refuses every second attempt; the client behind the port makes at most so many of one call, as the SDK does. */
    static Intercepted.Interceptor throttled(AtomicLong calls, int attempts) {
        return call -> {
            for (int attempt = 1; attempt < attempts; attempt++) {
                if (calls.incrementAndGet() % 2 != 0) {
                    return call.proceed();
                }
            }
            if (calls.incrementAndGet() % 2 == 0) {
                throw new Fault(call.name() + " was throttled");
            }
            return call.proceed();
        };
    }
}
