package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Deliveries of every provider, each resource up to five versions, a third duplicated, in random order, from functions whose clocks are an
 * hour apart, while calls fail and the projector runs; against what really happened.
 */
abstract class DeliveryProof {
    /** How often a message is tried before it would be a dead letter. */
    static final int ATTEMPTS = 100;

    private static final List<Duration> SKEWS = List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1));

    abstract Bench bench(Random random);

    /** Four deliveries come of one resource. */
    abstract int resources();

    abstract int resourcesOfControls();

    @Test
    void losesNothingAndCountsExactlyWhateverTheOrderAndTheFaults() throws Exception {
        Random random = Length.random("deliveries");
        try (Bench bench = bench(random)) {
            World world = new World(random, resources(), 7);
            List<World.Delivery> deliveries = world.deliveries(random);

            Courier.Tally tally =
                    run(bench, world, deliveries, UnaryOperator.identity(), UnaryOperator.identity(), bench.faults());
            Reckoning reckoning = Reckoning.of(bench.store(), world);
            sweep(bench, world);
            Reckoning afterSweep = Reckoning.of(bench.store(), world);

            Report.line(
                    "deliveries " + bench.name(),
                    "%d resources, %d deliveries, %d attempts (at most %d for one), %d dead, %.0f s; %s; after the sweep %s",
                    resources(),
                    tally.messages(),
                    tally.attempts(),
                    tally.mostAttempts(),
                    tally.dead(),
                    tally.seconds(),
                    reckoning,
                    afterSweep);
            assertThat(tally.attempts()).as("some attempts must have failed").isGreaterThan(tally.messages());
            assertThat(tally.dead()).isZero();
            assertThat(reckoning).isEqualTo(Reckoning.EXACT);
            assertThat(afterSweep).isEqualTo(Reckoning.EXACT);
            assertThat(bench.store().rollups(Scope.operator(Scope.MAIN)).keySet())
                    .extracting(RollupKey::verdict)
                    .doesNotContain(Projected.FIXED);
        }
    }

    @Test
    void leavesStaleVerdictsWhenTheLastArrivalWins() throws Exception {
        assertThat(inOrder("last arrival wins", Unprotected::lastArrivalWins).stale())
                .isPositive();
    }

    @Test
    void bringsDeletedResourcesBackWhenTombstonesAreNotKept() throws Exception {
        assertThat(inOrder("no tombstones", Unprotected::forgetsDeletions).stale())
                .isPositive();
    }

    @Test
    void losesResourcesWhenFailuresAreAcknowledged() throws Exception {
        Random random = Length.random("failures acknowledged");
        try (Bench bench = bench(random)) {
            Reckoning reckoning = control(
                    "failures acknowledged",
                    bench,
                    random,
                    UnaryOperator.identity(),
                    door -> parcels -> {
                        door.deliver(parcels);
                        return Set.of();
                    },
                    bench.faults());

            assertThat(reckoning.lost() + reckoning.stale()).isPositive();
        }
    }

    /** With one protection off and nothing that fails. */
    private Reckoning inOrder(String name, UnaryOperator<CentralStore> protection) throws Exception {
        Random random = Length.random(name);
        try (Bench bench = bench(random)) {
            return control(name, bench, random, protection, UnaryOperator.identity(), () -> {});
        }
    }

    private Reckoning control(
            String name,
            Bench bench,
            Random random,
            UnaryOperator<CentralStore> protection,
            UnaryOperator<Courier.Door> doors,
            AutoCloseable faults)
            throws Exception {
        World world = new World(random, resourcesOfControls(), 3);
        run(bench, world, world.deliveries(random), protection, doors, faults);
        Reckoning reckoning = Reckoning.of(bench.store(), world);
        Report.line("control " + bench.name(), "%s, %d resources: %s", name, resourcesOfControls(), reckoning);
        return reckoning;
    }

    private static Courier.Tally run(
            Bench bench,
            World world,
            List<World.Delivery> deliveries,
            UnaryOperator<CentralStore> protection,
            UnaryOperator<Courier.Door> doors,
            AutoCloseable faults)
            throws Exception {
        List<Courier.Door> workers = new ArrayList<>();
        CentralStore seen = protection.apply(bench.faulty());
        for (int i = 0; i < bench.workers(); i++) {
            Duration skew = SKEWS.get(i % SKEWS.size());
            InstantSource clock = () -> World.END.plus(skew);
            workers.add(doors.apply(new Functions(seen, world.reader(), clock)::deliver));
        }
        Courier.Tally tally;
        AtomicBoolean isOver = new AtomicBoolean();
        Thread projector = Thread.ofPlatform().start(() -> projectUntil(isOver, bench));
        try {
            tally = new Courier(ATTEMPTS, Duration.ofMillis(50)).deliver(deliveries, workers);
        } finally {
            isOver.set(true);
            projector.join();
            faults.close();
        }
        finish(bench);
        return tally;
    }

    private static void projectUntil(AtomicBoolean isOver, Bench bench) {
        while (!isOver.get()) {
            bench.project(bench.faulty(), Steps.FREE);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static void finish(Bench bench) {
        for (int i = 0; !bench.project(bench.faulty(), Steps.FREE); i++) {
            assertThat(i).as("tries to project without faults").isLessThan(100);
        }
    }

    /** A complete sweep of everything, after all: confirms every fix. */
    private static void sweep(Bench bench, World world) {
        record Swept(AccountId account, ServiceType type) {}
        Set<Swept> swept = new HashSet<>();
        for (Subject subject : world.subjects()) {
            Observation truth = world.truth(subject);
            if (swept.add(new Swept(AccountId.of(subject.id()), truth.serviceType()))) {
                bench.store().putSweepEvidence(Script.complete(subject, truth.serviceType()));
            }
        }
        finish(bench);
    }
}
