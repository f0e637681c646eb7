package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process stops dead before its k-th step: a call of the store or of a provider, the acknowledgement of a message, the acknowledgement of a
 * change. Another takes up what is left. Nothing lies between the effect of one step and the next step but code that reaches nobody, so that
 * this is also the crash right after each step.
 */
abstract class CrashProof {
    private static final long SEED = 9;

    @TempDir
    Path folder;

    /** Where the run with this number keeps its store; what {@link CrashBenches#open} understands. */
    abstract String place(Path ownFolder, int run);

    abstract int resources();

    /** Every k-th step is tried; 1 is every step. */
    abstract int stride();

    @Test
    void comesToTheSameWhereverTheProcessStops() throws Exception {
        long steps = steps();
        TreeMap<Long, Reckoning> ends = new TreeMap<>(crashes(steps));

        Report.line(
                "crash " + getClass().getSimpleName(), "%d steps in a run, stopped at %d of them", steps, ends.size());
        assertThat(ends)
                .hasSizeGreaterThan(5)
                .allSatisfy((step, reckoning) ->
                        assertThat(reckoning).as("stopped before step %d", step).isEqualTo(Reckoning.EXACT));
    }

    /** The number of steps of a run that nothing stops. */
    private long steps() throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("whole"));
        Process child = child(place(own, 0), own.resolve("acknowledged"), Long.MAX_VALUE);
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        return Long.parseLong(said.lines().toList().getLast());
    }

    private ConcurrentHashMap<Long, Reckoning> crashes(long steps) throws Exception {
        ConcurrentHashMap<Long, Reckoning> ends = new ConcurrentHashMap<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<?>> runs = new ArrayList<>();
            for (long step = 1; step <= steps; step += stride()) {
                long k = step;
                runs.add(two.submit(() -> {
                    ends.put(k, crash(k));
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
        return ends;
    }

    private Reckoning crash(long step) throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("step" + step));
        String place = place(own, (int) step);
        Path acknowledged = own.resolve("acknowledged");
        Process child = child(place, acknowledged, step);
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as("step %d: %s", step, said).isEqualTo(CrashChild.KILLED);
        Script script = new Script(SEED, resources());
        try (Bench bench = CrashBenches.open(place, new Random(2))) {
            CrashChild.run(script, bench, Steps.FREE, acknowledged);
            return Reckoning.of(bench.store(), script.world());
        }
    }

    private Process child(String place, Path acknowledged, long step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        place,
                        acknowledged.toString(),
                        Long.toString(SEED),
                        Integer.toString(resources()),
                        Long.toString(step))
                .redirectErrorStream(true)
                .start();
    }
}
