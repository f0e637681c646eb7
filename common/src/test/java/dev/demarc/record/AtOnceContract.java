package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.Observation;
import dev.demarc.record.ObservationStore.Outcome;
import dev.demarc.record.StoreChange.HistoryAdded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Many writers and many projectors at the same time. */
public interface AtOnceContract extends StoreContract {

    @Test
    default void keepsTheNewestWhenManyWriteAtOnce() throws Exception {
        int versions = 40;
        List<Callable<Outcome>> writes = new ArrayList<>();
        for (int i = 1; i <= versions; i++) {
            Observation observation = failing("a", i);
            writes.add(() -> store().record(observation));
        }
        Collections.shuffle(writes, new Random(7));

        List<Outcome> outcomes = StoreContract.atOnce(writes);

        assertThat(store().observation(bucket("a"))).contains(failing("a", versions));
        assertThat(outcomes).doesNotContain(Outcome.UNCHANGED);
        List<ObservationChange> changes = changes(ObservationChange.class);
        assertThat(changes).hasSize(Collections.frequency(outcomes, Outcome.RECORDED));
        assertThat(changes.stream().map(change -> change.after().version())).isSorted();
    }

    @Test
    default void recordsOneOfManyDuplicates() throws Exception {
        List<Outcome> outcomes = StoreContract.atOnce(Collections.nCopies(16, () -> store().record(failing("a", 1))));

        assertThat(Collections.frequency(outcomes, Outcome.RECORDED)).isOne();
        assertThat(Collections.frequency(outcomes, Outcome.UNCHANGED)).isEqualTo(15);
        assertThat(changes()).hasSize(1);
    }

    @Test
    default void appliesOneOfManyProjectionsOfTheSameChange() throws Exception {
        Projected state = first(failing("a", 1));
        Projection step = step(Optional.empty(), state);

        List<Boolean> applied = StoreContract.atOnce(Collections.nCopies(8, () -> store().project(step)));

        assertThat(Collections.frequency(applied, true)).isOne();
        assertThat(store().rollups(WHOLE)).isEqualTo(state.counters());
        assertThat(store().history(WHOLE, bucket("a"), "", 10)).hasSize(1);
        assertThat(changes(HistoryAdded.class)).hasSize(1);
    }

    @Test
    default void countsEveryResourceWhenManyAreProjectedAtOnce() throws Exception {
        List<Callable<Boolean>> projections = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Projection step = step(Optional.empty(), first(failing("bucket-" + i, 1)));
            projections.add(() -> store().project(step));
        }

        assertThat(StoreContract.atOnce(projections)).containsOnly(true);

        assertThat(store().rollups(WHOLE).values()).containsOnly(20L);
        assertThat(store().findingsOf(ACCOUNT, "", 100)).hasSize(20);
    }

    @Test
    default void countsEveryDeliveryOfPoisonThatComesAtOnce() throws Exception {
        StoreContract.atOnce(Collections.nCopies(8, () -> {
            store().quarantine(Optional.of(ACCOUNT), "sweep", new byte[] {1}, "not JSON", NOON);
            return true;
        }));

        assertThat(store().poison(WHOLE, 10)).extracting(Poison::deliveries).containsExactly(8L);
    }
}
