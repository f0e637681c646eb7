package dev.demarc.project;

import static dev.demarc.record.Sample.TENANTS;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.passing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.Observation;
import dev.demarc.project.Story.Event;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.ScopedReads.AgeMark;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoreContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two projectors at once: only one of them can be first. */
class TwoProjectorsTest {

    /** Lets another projector do the same work just before the first projections of this one are applied. */
    private static class OvertakenStore extends InMemoryStore {
        private final boolean guarded;
        private int times;

        OvertakenStore(boolean guarded, int times) {
            super(TENANTS);
            this.guarded = guarded;
            this.times = times;
        }

        @Override
        public synchronized boolean project(Projection step) {
            if (times > 0) {
                times--;
                super.project(step);
            }
            Optional<Projected> expected = guarded ? step.expected() : projected(step.resource());
            return super.project(new Projection(
                    expected, step.now(), step.upserts(), step.removed(), step.deltas(), step.history()));
        }
    }

    private static List<String> overtaken(boolean guarded, int times) {
        OvertakenStore store = new OvertakenStore(guarded, times);
        Projector projector = new Projector(store);
        for (Observation observation : List.of(failing("a", 1), passing("a", 2), gone("a", 3))) {
            store.record(observation);
            store.drain(projector::apply);
        }
        return Exactness.differences(store);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void countOnceWhatBothOfThemProject(int times) {
        assertThat(overtaken(true, times)).isEmpty();
    }

    @Test
    void wouldCountTwiceIfTheStateWereNotCompared() {
        assertThat(overtaken(false, 1)).isNotEmpty();
    }

    /** Answers as if another projector had always been faster. */
    private static final class UnluckyStore extends InMemoryStore {
        private int tries;

        UnluckyStore() {
            super(TENANTS);
        }

        @Override
        public synchronized boolean project(Projection step) {
            tries++;
            return false;
        }
    }

    @Test
    void failVisiblyWhenTheyAreAlwaysOvertaken() {
        UnluckyStore store = new UnluckyStore();
        store.record(failing("a", 1));
        Projector unlucky = new Projector(store);

        assertThatThrownBy(() -> store.drain(unlucky::apply)).hasMessageContaining("try again");

        assertThat(store.tries).isBetween(2, 100);
        assertThat(store.rollups(WHOLE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void endInTheTruthTogether(long seed) throws Exception {
        InMemoryStore store = new InMemoryStore(TENANTS);
        List<StoreChange> changes = new ArrayList<>();
        List<Event> story = Story.of(new Random(seed), 4, 200);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long order = seed * 10 + i;
            work.add(() -> {
                List<StoreChange> mine = new ArrayList<>(changes);
                Collections.shuffle(mine, new Random(order));
                mine.forEach(new Projector(store)::apply);
                return true;
            });
        }
        int quarter = story.size() / 4;
        for (int i = 0; i < 4; i++) {
            story.subList(i * quarter, (i + 1) * quarter).forEach(event -> Story.write(store, event));
            store.drain(changes::add);
            StoreContract.atOnce(work);
        }

        assertThat(Exactness.differences(store)).isEmpty();
        assertThat(store.findingsByAge(WHOLE, AgeMark.START, 100)).isNotEmpty();
    }
}
