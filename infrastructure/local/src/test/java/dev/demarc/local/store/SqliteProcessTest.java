package dev.demarc.local.store;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.passing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.project.Projector;
import dev.demarc.record.ObservationStore.Outcome;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Sample;
import dev.demarc.record.StoredFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file and several processes, some of which die. */
class SqliteProcessTest {
    @TempDir
    Path directory;

    private enum Writes {
        BATCHED,
        SINGLE
    }

    /** A writer in a process of its own: {@code DIRECTORY NAME RESOURCES DIES-AT WRITES}. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            int resources = Integer.parseInt(arguments[2]);
            int diesAt = Integer.parseInt(arguments[3]);
            boolean batched = Writes.valueOf(arguments[4]) == Writes.BATCHED;
            try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]), Sample.TENANTS)) {
                for (int i = 0; i < resources; i += 10) {
                    int from = i;
                    Runnable ten = () -> writeTen(store, arguments[1], from, diesAt);
                    if (batched) {
                        store.inBatch(ten);
                    } else {
                        ten.run();
                    }
                }
            }
        }

        private static void writeTen(SqliteStore store, String name, int from, int diesAt) {
            for (int i = from; i < from + 10; i++) {
                store.record(failing(name + i, 1));
                store.record(passing(name + i, 2));
                if (i == diesAt) {
                    // No finally, no shutdown hook: as if the process were killed.
                    Runtime.getRuntime().halt(9);
                }
            }
            store.drain(new Projector(store)::apply);
        }
    }

    private Process writer(String name, int resources, int diesAt, Writes writes) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString(),
                        name,
                        Integer.toString(resources),
                        Integer.toString(diesAt),
                        writes.name())
                .inheritIO()
                .start();
    }

    private void kill(int diesAt, Writes writes) throws Exception {
        Process killed = writer("killed-", 100, diesAt, writes);
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).isEqualTo(9);
    }

    /** Every observation is projected, and counters and findings follow from the states. */
    private static void assertConsistent(SqliteStore store) {
        store.drain(new Projector(store)::apply);
        Map<RollupKey, Long> counters = new HashMap<>();
        List<StoredFinding> findings = new ArrayList<>();
        List<Projected> states = store.projections(ACCOUNT, "", 10_000);
        states.forEach(state -> {
            state.counters().forEach((key, count) -> counters.merge(key, count, Long::sum));
            findings.addAll(state.findings());
        });
        assertThat(states).extracting(Projected::observation).isEqualTo(store.observations(ACCOUNT, "", 10_000));
        assertThat(store.rollups(WHOLE)).isEqualTo(counters);
        assertThat(store.findingsOf(ACCOUNT, "", 10_000)).isEqualTo(findings);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 25})
    void leavesAConsistentFileWhenAProcessIsKilledInTheMiddleOfABatch(int diesAt) throws Exception {
        kill(diesAt, Writes.BATCHED);

        try (SqliteStore store = SqliteStore.open(directory, Sample.TENANTS)) {
            // Whole batches of ten only.
            assertThat(store.observations(ACCOUNT, "", 1000)).hasSize(diesAt / 10 * 10);
            assertConsistent(store);

            store.record(failing("after", 1));
            assertConsistent(store);
        }
    }

    @Test
    void wouldKeepHalfABatchIfEachWriteWereItsOwnTransaction() throws Exception {
        kill(25, Writes.SINGLE);

        try (SqliteStore store = SqliteStore.open(directory, Sample.TENANTS)) {
            assertThat(store.observations(ACCOUNT, "", 1000)).hasSize(26);
            assertConsistent(store);
        }
    }

    @Test
    void letsTwoProcessesWriteAndProjectAtOnce() throws Exception {
        Process first = writer("first-", 200, -1, Writes.BATCHED);
        Process second = writer("second-", 200, -1, Writes.BATCHED);
        for (Process process : List.of(first, second)) {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        try (SqliteStore store = SqliteStore.open(directory, Sample.TENANTS)) {
            assertThat(store.observations(ACCOUNT, "", 1000)).hasSize(400);
            assertConsistent(store);
        }
    }

    @Test
    void refusesAnOlderVersionThatAnotherProcessHasOvertaken() {
        try (SqliteStore one = SqliteStore.open(directory);
                SqliteStore other = SqliteStore.open(directory)) {
            other.record(passing("a", 2));

            assertThat(one.record(passing("a", 1))).isEqualTo(Outcome.OLDER);
        }
    }
}
