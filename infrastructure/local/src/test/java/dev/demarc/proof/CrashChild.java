package dev.demarc.proof;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A process that runs the script on a store and stops dead before its k-th step. Keeps beside the store which deliveries it acknowledged. */
final class CrashChild {
    /** What a process that was killed answers. */
    static final int KILLED = 137;

    private CrashChild() {}

    /** Arguments: the bench, the file of acknowledgements, the script's seed and resources, k. */
    public static void main(String[] arguments) throws IOException {
        Script script = new Script(Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        long last = Long.parseLong(arguments[4]);
        AtomicLong count = new AtomicLong();
        Steps steps = () -> {
            if (count.incrementAndGet() == last) {
                Runtime.getRuntime().halt(KILLED);
            }
        };
        try (Bench bench = CrashBenches.open(arguments[0], new Random(1))) {
            run(script, bench, steps, Path.of(arguments[1]));
        }
        System.out.println(count.get());
    }

    /** Goes on where the run before ended. */
    static void run(Script script, Bench bench, Steps steps, Path acknowledgements) throws IOException {
        Set<Integer> acknowledged = new HashSet<>();
        if (Files.exists(acknowledgements)) {
            for (String line : Files.readAllLines(acknowledgements)) {
                acknowledged.add(Integer.valueOf(line));
            }
        }
        try (BufferedWriter writer =
                Files.newBufferedWriter(acknowledgements, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            script.run(
                    bench,
                    Intercepted.store(bench.faulty(), steps.calls()),
                    Intercepted.reader(script.world().reader(), steps.calls()),
                    steps,
                    acknowledged,
                    id -> acknowledge(writer, id));
        }
    }

    private static void acknowledge(BufferedWriter writer, int id) {
        try {
            writer.write(id + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
