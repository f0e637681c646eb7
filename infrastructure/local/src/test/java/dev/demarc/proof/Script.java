package dev.demarc.proof;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.ServiceType;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.proof.Functions.Parcel;
import dev.demarc.record.CentralStore;
import dev.demarc.record.SweepEvidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * A small run from the first message over a sweep to the last projection, always the same one. It can be taken up again where it ended: what
 * was not acknowledged is delivered again.
 */
final class Script {
    private static final int BATCH = 3;
    private static final int ROUNDS = 10;

    private final World world;
    private final List<World.Delivery> deliveries;

    Script(long seed, int resources) {
        Random random = new Random(seed);
        this.world = new World(random, resources, 2);
        this.deliveries = world.deliveries(random);
    }

    World world() {
        return world;
    }

    /**
     * Runs to the end; what fails is tried again. {@code acknowledged} are the deliveries that earlier runs have acknowledged; {@code
     * acknowledge} is told of each further one.
     */
    void run(
            Bench bench,
            CentralStore store,
            ProviderReader reader,
            Steps steps,
            Set<Integer> acknowledged,
            IntConsumer acknowledge) {
        Functions functions = new Functions(store, reader, () -> World.END);
        Set<Integer> done = new HashSet<>(acknowledged);
        for (int round = 0; round < ROUNDS; round++) {
            deliver(functions, steps, done, acknowledge);
            boolean swept = sweep(store);
            boolean projected = bench.project(store, steps);
            if (done.size() == deliveries.size() && swept && projected) {
                return;
            }
        }
        throw new IllegalStateException("not done after " + ROUNDS + " rounds");
    }

    private void deliver(Functions functions, Steps steps, Set<Integer> done, IntConsumer acknowledge) {
        List<Parcel> batch = new ArrayList<>();
        for (int i = 0; i < deliveries.size(); i++) {
            if (!done.contains(i)) {
                batch.add(deliveries.get(i).parcel(i));
            }
            if (batch.size() == BATCH || (i == deliveries.size() - 1 && !batch.isEmpty())) {
                Set<Integer> failed = functions.deliver(batch);
                steps.step();
                batch.stream()
                        .map(Parcel::id)
                        .filter(id -> !failed.contains(id))
                        .forEach(id -> {
                            acknowledge.accept(id);
                            done.add(id);
                        });
                batch.clear();
            }
        }
    }

    /** Leaves evidence of a complete sweep after everything; false when the store did not take it. */
    private boolean sweep(CentralStore store) {
        record Swept(AccountId account, ServiceType type) {}
        Set<Swept> swept = new HashSet<>();
        try {
            for (Subject subject : world.subjects()) {
                Observation truth = world.truth(subject);
                if (swept.add(new Swept(AccountId.of(subject.id()), truth.serviceType()))) {
                    store.putSweepEvidence(complete(subject, truth.serviceType()));
                }
            }
            return true;
        } catch (RuntimeException failed) {
            return false;
        }
    }

    static SweepEvidence complete(Subject subject, ServiceType type) {
        return new SweepEvidence(
                subject.id().provider(),
                subject.id().account(),
                type,
                World.END,
                World.END.plusSeconds(60),
                SweepEvidence.State.COMPLETE,
                1,
                1,
                0,
                "");
    }
}
