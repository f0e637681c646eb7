package dev.demarc.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What each part of the contract asks of an implementation's test class. */
public interface StoreContract {

    /**
     * The store of this test, empty at its start, the same one on each call; a test asks with one value of {@code tenants} only. Its clock,
     * if it has one, stands between 2001 and 2099.
     */
    CentralStore store(Tenants tenants);

    default CentralStore store() {
        return store(Sample.TENANTS);
    }

    /** The changes that the feed delivers and were not asked for before. A store that pushes its feed overrides this. */
    default List<StoreChange> changes() {
        List<StoreChange> changes = new ArrayList<>();
        store().drain(changes::add);
        return changes;
    }

    /** Of {@link #changes}, those of one kind. */
    default <T extends StoreChange> List<T> changes(Class<T> kind) {
        return changes().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Goes on from what is projected, and expects that it is applied. Answers the state after. */
    default Projected project(Observation now) {
        Optional<Projected> before = store().projected(now.resource());
        Projected next = Sample.next(before, now);
        assertThat(store().project(Sample.step(before, next))).isTrue();
        return next;
    }

    /** Runs all at once and answers what each answered, in order. */
    static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
