package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.pipeline.ProviderReader;
import dev.demarc.record.CentralStore;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The n-th call to the outside fails, for every n: before it had an effect, and after, when only the answer is lost. */
abstract class NthCallProof {
    private static final long SEED = 4;

    abstract Bench bench(Random random);

    abstract int resources();

    /** Every n-th call is tried; 1 is every call. */
    abstract int stride();

    @Test
    void comesToTheSameWhicheverCallFails() {
        Script script = new Script(SEED, resources());
        for (Faults.Moment moment : Faults.Moment.values()) {
            AtomicLong calls = new AtomicLong();
            long n = 1;
            long runs = 0;
            do {
                calls.set(0);
                assertThat(run(script, Faults.nth(calls, n, moment), SEED))
                        .as("call %d fails %s", n, moment)
                        .isEqualTo(Reckoning.EXACT);
                runs++;
                n += stride();
            } while (n <= calls.get());
            Report.line(
                    "n-th call " + name(),
                    "%s: %d calls in a run, %d of them failed",
                    moment,
                    calls.get(),
                    Math.min(runs, calls.get()));
            assertThat(runs).isGreaterThan(5);
        }
    }

    private Reckoning run(Script script, Intercepted.Interceptor failing, long seed) {
        try (Bench bench = bench(new Random(seed))) {
            CentralStore store = Intercepted.store(bench.faulty(), failing);
            ProviderReader reader = Intercepted.reader(script.world().reader(), failing);
            script.run(bench, store, reader, Steps.FREE, Set.of(), id -> {});
            return Reckoning.of(bench.store(), script.world());
        }
    }

    private String name() {
        return getClass().getSimpleName();
    }
}
