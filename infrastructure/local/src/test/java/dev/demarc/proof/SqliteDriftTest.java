package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.local.store.SqliteStore;
import dev.demarc.project.Projector;
import dev.demarc.record.CentralStore;
import dev.demarc.record.StoreChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change feed that hands out changes twice, to the projector and to one that believes the messages. */
class SqliteDriftTest {
    private static final int RESOURCES = 200;

    @TempDir
    Path folder;

    @Test
    void countsEachResourceOnceHoweverOftenItsChangesCome() {
        Reckoning reckoning = project("the projector", store -> new Projector(store)::apply);

        assertThat(reckoning).isEqualTo(Reckoning.EXACT);
    }

    @Test
    void driftsWhenCountersAreTakenFromTheMessage() {
        Reckoning reckoning = project("control, counted from the message", Unprotected::countsFromTheMessage);

        assertThat(reckoning.counters()).isPositive();
        assertThat(reckoning.rebuild()).as("the rebuild must see it").isPositive();
    }

    private Reckoning project(String name, Function<CentralStore, Consumer<StoreChange>> projector) {
        Random random = Length.random("drift");
        try (StoreBench bench = new StoreBench("sqlite", SqliteStore.open(folder), random)) {
            World world = new World(random, RESOURCES, 3);
            Functions functions = new Functions(bench.store(), world.reader(), () -> World.END);
            List<World.Delivery> deliveries = world.deliveries(random);
            for (int i = 0; i < deliveries.size(); i++) {
                assertThat(functions.deliver(List.of(deliveries.get(i).parcel(i))))
                        .isEmpty();
            }
            bench.feed(new Replaying(random, projector.apply(bench.store())));
            Reckoning reckoning = Reckoning.of(bench.store(), world);
            Report.line("drift sqlite", "%s, %d deliveries: %s", name, deliveries.size(), reckoning);
            return reckoning;
        }
    }
}
