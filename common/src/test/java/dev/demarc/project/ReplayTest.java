package dev.demarc.project;

import static dev.demarc.record.Sample.TENANTS;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.passing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.AccountId;
import dev.demarc.project.Story.Event;
import dev.demarc.record.CentralStore;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoredFinding;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However changes arrive, findings and counters end up exact. */
class ReplayTest {

    /** All that a store holds of its resources. */
    private record Whole(
            List<Projected> states,
            Map<RollupKey, Long> counters,
            List<StoredFinding> findings,
            List<HistoryEntry> history) {
        static Whole of(CentralStore store) {
            List<Projected> states = new ArrayList<>();
            Map<RollupKey, Long> counters = new HashMap<>();
            List<StoredFinding> findings = new ArrayList<>();
            List<HistoryEntry> history = new ArrayList<>();
            for (AccountId account : store.accounts()) {
                states.addAll(store.projections(account, "", 1000));
                counters.putAll(store.countersOf(account).counters());
                findings.addAll(store.findingsOf(account, "", 1000));
            }
            states.forEach(
                    state -> history.addAll(store.history(Scope.operator(state.tenant()), state.resource(), "", 1000)));
            return new Whole(states, counters, findings, history);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void staysExactAfterEveryStep(long seed) {
        InMemoryStore store = new InMemoryStore(TENANTS);
        Projector projector = new Projector(store);

        for (Event event : Story.of(new Random(seed), 5, 120)) {
            Story.write(store, event);
            store.drain(projector::apply);
            assertThat(Exactness.differences(store)).isEmpty();
        }

        assertThat(store.accounts()).hasSize(2);
        assertThat(Whole.of(store).findings()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void endsInTheTruthHoweverTheChangesArrive(long seed) {
        Random random = new Random(seed);
        InMemoryStore store = new InMemoryStore(TENANTS);
        Projector projector = new Projector(store);
        List<Event> story = Story.of(random, 5, 120);
        Collections.shuffle(story, random);
        List<StoreChange> changes = new ArrayList<>();
        for (Event event : story) {
            Story.write(store, event);
            store.drain(changes::add);
            if (random.nextInt(10) == 0) {
                changes.forEach(projector::apply);
            }
        }
        changes.addAll(changes.subList(0, changes.size() / 3));
        Collections.shuffle(changes, random);

        changes.forEach(projector::apply);

        assertThat(Exactness.differences(store)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changesNothingWhenTheWholeFeedIsReadAgain(long seed) {
        Random random = new Random(seed);
        InMemoryStore store = new InMemoryStore(TENANTS);
        Projector projector = new Projector(store);
        List<StoreChange> changes = new ArrayList<>();
        for (Event event : Story.of(random, 5, 120)) {
            Story.write(store, event);
            store.drain(change -> {
                projector.apply(change);
                changes.add(change);
            });
        }
        Whole before = Whole.of(store);

        changes.forEach(projector::apply);
        Collections.shuffle(changes, random);
        changes.forEach(projector::apply);

        assertThat(Whole.of(store)).isEqualTo(before);
        assertThat(before.history()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void makesTheSameHistoryWhenEveryChangeComesThreeTimes(long seed) {
        InMemoryStore once = new InMemoryStore(TENANTS);
        InMemoryStore thrice = new InMemoryStore(TENANTS);
        Projector first = new Projector(once);
        Projector second = new Projector(thrice);

        for (Event event : Story.of(new Random(seed), 5, 120)) {
            Story.write(once, event);
            once.drain(first::apply);
            Story.write(thrice, event);
            thrice.drain(change -> {
                second.apply(change);
                second.apply(change);
                second.apply(change);
            });
        }

        assertThat(Whole.of(thrice)).isEqualTo(Whole.of(once));
    }

    private enum Moment {
        BEFORE,
        AFTER
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The store as seen by a process that dies around its n-th call. */
    private static CentralStore dying(CentralStore store, int call, Moment moment) {
        AtomicInteger calls = new AtomicInteger();
        return (CentralStore) Proxy.newProxyInstance(
                CentralStore.class.getClassLoader(),
                new Class<?>[] {CentralStore.class},
                (proxy, method, arguments) -> {
                    boolean dies = calls.incrementAndGet() == call;
                    if (dies && moment == Moment.BEFORE) {
                        throw new Crash();
                    }
                    Object answer = method.invoke(store, arguments);
                    if (dies) {
                        throw new Crash();
                    }
                    return answer;
                });
    }

    /** Runs the story in a process that dies around its n-th call, and after it in another one. Answers whether it died. */
    private static boolean run(InMemoryStore store, List<Event> story, int call, Moment moment) {
        Projector first = new Projector(dying(store, call, moment));
        Projector second = new Projector(store);
        boolean died = false;
        for (Event event : story) {
            Story.write(store, event);
            try {
                store.drain(died ? second::apply : first::apply);
            } catch (Crash crash) {
                died = true;
                store.drain(second::apply);
            }
        }
        return died;
    }

    @ParameterizedTest
    @EnumSource
    void comesToTheSameWhenTheProjectorDiesAroundAnyCall(Moment moment) {
        List<Event> story = Story.of(new Random(11), 3, 60);
        InMemoryStore calm = new InMemoryStore(TENANTS);
        assertThat(run(calm, story, 0, moment)).isFalse();
        Whole expected = Whole.of(calm);

        int call = 0;
        boolean died = true;
        while (died) {
            InMemoryStore store = new InMemoryStore(TENANTS);
            died = run(store, story, ++call, moment);
            assertThat(Whole.of(store)).as("died %s call %d", moment, call).isEqualTo(expected);
            assertThat(Exactness.differences(store)).isEmpty();
        }

        assertThat(call).isGreaterThan(150);
    }

    /** Control: a store that writes counters and findings first, and the state in a second step, and dies once between them. */
    private static final class TwoStepStore extends InMemoryStore {
        private int crashes = 1;

        TwoStepStore() {
            super(TENANTS);
        }

        @Override
        public synchronized boolean project(Projection step) {
            if (step.expected().isEmpty() || crashes == 0) {
                return super.project(step);
            }
            crashes--;
            Projected old = step.expected().orElseThrow();
            super.project(new Projection(
                    step.expected(), old, step.upserts(), step.removed(), step.deltas(), Optional.empty()));
            throw new Crash();
        }
    }

    @Test
    void wouldDriftIfStateAndCountersWereWrittenInTwoSteps() {
        TwoStepStore store = new TwoStepStore();
        store.record(failing("a", 1));
        store.drain(new Projector(store)::apply);
        store.record(passing("a", 2));

        assertThatThrownBy(() -> store.drain(new Projector(store)::apply)).isInstanceOf(Crash.class);
        store.drain(new Projector(store)::apply);

        assertThat(Exactness.differences(store)).isNotEmpty();
    }
}
