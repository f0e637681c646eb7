package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The store is throttled, or down for ten minutes of virtual time and then met by what waited, and later by a tenfold burst. */
abstract class OutageProof {
    private static final int NORMAL = 2;
    private static final int CALM_UNTIL = 600;
    private static final int DOWN_UNTIL = 1200;
    private static final int BURST_FROM = 2400;
    private static final int BURST_UNTIL = 2460;
    private static final int END = 2500;
    /** Calls are counted over so many seconds: a single second holds a batch or none. */
    private static final int WINDOW = 10;
    /** Six times a function's time-out of 30 s; the attempts of the queue's redrive policy; twice the normal rate. */
    private static final QueueModel.Settings SETTINGS = new QueueModel.Settings(180, 5, 2 * NORMAL);

    /** As the AWS SDK's standard mode. */
    private static final int CLIENT_ATTEMPTS = 3;
    /** One write, and evidence at most every 15 minutes of the feed. */
    private static final int CALLS_OF_A_DELIVERY = 2;

    private static final int PASSES = 200;

    abstract Bench bench(Random random);

    /** How many deliveries the throttled run takes. */
    abstract int throttledResources();

    @Test
    void comesBackFromTenMinutesWithoutAStoreWithoutLossAndWithoutAStorm() throws Exception {
        Outage outage = outage("outage", SETTINGS);

        assertThat(outage.reckoning()).isEqualTo(Reckoning.EXACT);
        assertThat(outage.dead()).isZero();
        assertThat(outage.mostAttempts()).isLessThanOrEqualTo(SETTINGS.attempts());
        assertThat(outage.peak()).isLessThanOrEqualTo(3 * outage.normal());
    }

    @Test
    void losesWhenTheQueueGivesUpTooSoon() throws Exception {
        Outage outage = outage("control, 2 attempts", new QueueModel.Settings(180, 2, 2 * NORMAL));

        assertThat(outage.dead()).isPositive();
        assertThat(outage.reckoning().lost() + outage.reckoning().stale()).isPositive();
    }

    @Test
    void stormsTheStoreWhenNothingHoldsTheQueueBack() throws Exception {
        Outage outage =
                outage("control, no back-off and no limit", new QueueModel.Settings(10, Integer.MAX_VALUE, 100_000));

        assertThat(outage.peak()).isGreaterThan(3 * outage.normal());
    }

    @Test
    void losesNothingWhenEverySecondCallIsThrottled() throws Exception {
        Throttled run = throttled(CLIENT_ATTEMPTS, throttledResources());

        assertThat(run.tally().dead()).isZero();
        assertThat(run.reckoning()).isEqualTo(Reckoning.EXACT);
        assertThat(run.callsOfOneDelivery()).isLessThanOrEqualTo(2 * CALLS_OF_A_DELIVERY);
    }

    @Test
    void starvesTheProjectorWhenAThrottledCallIsNotTriedAgain() throws Exception {
        Throttled run = throttled(1, 20);

        assertThat(run.reckoning().unprojected()).isPositive();
    }

    private record Throttled(Courier.Tally tally, double callsOfOneDelivery, Reckoning reckoning) {}

    private Throttled throttled(int attempts, int resources) throws Exception {
        Random random = Length.random("throttled");
        try (Bench bench = bench(random)) {
            World world = new World(random, resources, 3);
            AtomicLong calls = new AtomicLong();
            var throttled = Intercepted.store(bench.store(), Faults.throttled(calls, attempts));
            List<World.Delivery> deliveries = world.deliveries(random);

            Courier.Tally tally = new Courier(DeliveryProof.ATTEMPTS, Duration.ofMillis(1))
                    .deliver(deliveries, List.of(new Functions(throttled, world.reader(), () -> World.END)::deliver));
            long forDeliveries = calls.get();
            int passes = 1;
            while (!bench.project(throttled, Steps.FREE) && passes < PASSES) {
                passes++;
            }

            Throttled run =
                    new Throttled(tally, forDeliveries / (double) tally.attempts(), Reckoning.of(bench.store(), world));
            Report.line(
                    "throttled " + bench.name(),
                    "%d attempts of the client: %d deliveries, %d attempts (at most %d for one), %.1f store calls for one; projector %d passes, %d calls; %s",
                    attempts,
                    tally.messages(),
                    tally.attempts(),
                    tally.mostAttempts(),
                    run.callsOfOneDelivery(),
                    passes,
                    calls.get() - forDeliveries,
                    run.reckoning());
            return run;
        }
    }

    private record Outage(Reckoning reckoning, double normal, double peak, int mostAttempts, int dead) {}

    private Outage outage(String name, QueueModel.Settings settings) throws Exception {
        Random random = Length.random("outage");
        try (Bench bench = bench(random)) {
            World world = new World(random, resources(), 7);
            List<World.Delivery> deliveries = new ArrayList<>(world.deliveries(random));
            QueueModel queue = new QueueModel(settings);
            AtomicLong now = new AtomicLong();
            Map<Long, Long> calls = new HashMap<>();
            var store = Intercepted.store(bench.store(), call -> {
                calls.merge(now.get() / WINDOW, 1L, Long::sum);
                if (now.get() >= CALM_UNTIL && now.get() < DOWN_UNTIL) {
                    throw new Fault("the store is down");
                }
                return call.proceed();
            });
            Courier.Door door = new Functions(store, world.reader(), () -> World.END.plusSeconds(now.get()))::deliver;
            for (long second = 0; second < END || !queue.isEmpty() || !deliveries.isEmpty(); second++) {
                now.set(second);
                for (int i = 0; i < arrivals(second) && !deliveries.isEmpty(); i++) {
                    queue.arrive(deliveries.removeLast(), second);
                }
                queue.tick(second, door);
                bench.project(store, Steps.FREE);
            }
            double normal = calls.entrySet().stream()
                            .filter(entry -> entry.getKey() < CALM_UNTIL / WINDOW)
                            .mapToLong(Map.Entry::getValue)
                            .average()
                            .orElseThrow()
                    / WINDOW;
            double peak =
                    calls.values().stream().mapToLong(Long::longValue).max().orElseThrow() / (double) WINDOW;
            Outage outage =
                    new Outage(Reckoning.of(bench.store(), world), normal, peak, queue.mostAttempts(), queue.dead());
            Report.line(
                    "outage " + bench.name(),
                    "%s: normal %.1f calls/s, peak %.1f (%.1f x), at most %d attempts, %d dead, age p99 %d s, longest %d s, all done after %d s; %s",
                    name,
                    normal,
                    peak,
                    peak / normal,
                    outage.mostAttempts(),
                    outage.dead(),
                    queue.age(0.99),
                    queue.age(1),
                    now.get(),
                    outage.reckoning());
            return outage;
        }
    }

    private static int arrivals(long second) {
        return second >= BURST_FROM && second < BURST_UNTIL ? 10 * NORMAL : NORMAL;
    }

    /** Enough for the whole time. */
    private static int resources() {
        return (NORMAL * END + 9 * NORMAL * (BURST_UNTIL - BURST_FROM)) / 4;
    }
}
