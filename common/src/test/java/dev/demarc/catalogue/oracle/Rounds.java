package dev.demarc.catalogue.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which rows are read a second time. A round pins the rows from which it draws, so that the draw stays the same when the catalogue grows;
 * classes that come later are drawn from in a round of their own.
 */
final class Rounds {
    static final long SEED = 20261124;

    private static final Path PINNED = Path.of("src/test/resources/oracle/rounds.txt");

    private Rounds() {}

    /** A row by service type and control, as {@code TYPE CONTROL}. */
    static String row(String type, String control) {
        return type + " " + control;
    }

    /** The pinned rows of each round, sorted by service type and control. */
    static Map<Integer, List<String>> pinned() {
        Map<Integer, List<String>> rounds = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(PINNED)) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    List<String> words = Arrays.asList(line.split(" ", -1));
                    List<String> rows =
                            rounds.computeIfAbsent(Integer.valueOf(words.getFirst()), one -> new ArrayList<>());
                    words.subList(2, words.size()).forEach(control -> rows.add(row(words.get(1), control)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rounds.values().forEach(Collections::sort);
        return rounds;
    }

    /** Sixty rows in the first round, none in the others, and of each class without one the first that the shuffle brings. */
    static List<String> drawn(Map<Integer, List<String>> rounds, Function<String, String> classOf) {
        List<String> drawn = new ArrayList<>();
        Set<String> classes = new HashSet<>();
        rounds.forEach((round, rows) -> {
            List<String> shuffled = new ArrayList<>(rows);
            Collections.shuffle(shuffled, new Random(SEED));
            int many = round == 1 ? 60 : 0;
            for (int i = 0; i < shuffled.size(); i++) {
                if (i < many) {
                    drawn.add(shuffled.get(i));
                    classes.add(classOf.apply(shuffled.get(i)));
                }
            }
            for (String row : shuffled) {
                if (classes.add(classOf.apply(row))) {
                    drawn.add(row);
                }
            }
        });
        return drawn;
    }
}
