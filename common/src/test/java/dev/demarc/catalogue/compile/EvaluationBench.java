package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import dev.demarc.model.Resource;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import dev.demarc.normalise.Normaliser;
import dev.demarc.normalise.SourceDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Times, side by side in one run, what a resource costs: parsing its document and companions, reading its settings, judging all rows. Rounds of
 * the three alternate, the median round counts. Not a test: {@code mvn -pl common test-compile} and the command of docs/performance.md.
 */
final class EvaluationBench {
    private static final int ROUNDS = 41;
    private static final int REPEATS = 200;

    private record Work(
            CatalogueEntry entry,
            Evaluator evaluator,
            List<String> texts,
            SourceDocument document,
            Resource resource) {}

    private record Round(long parsing, long reading, long judging) {}

    private static volatile int sink;

    private EvaluationBench() {}

    public static void main(String[] arguments) {
        List<Work> all = works();
        List<Round> total = new ArrayList<>();
        System.out.printf("%-55s %9s %9s %9s %8s%n", "service type", "parse µs", "read µs", "judge µs", "judge/parse");
        for (Work work : all) {
            List<Round> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(round(work));
            }
            Round median = median(rounds.subList(ROUNDS / 2, ROUNDS));
            total.add(median);
            print(work.entry().serviceType().name(), median);
        }
        print(
                "all " + all.size(),
                new Round(
                        total.stream().mapToLong(Round::parsing).sum(),
                        total.stream().mapToLong(Round::reading).sum(),
                        total.stream().mapToLong(Round::judging).sum()));
        System.out.println("read in all: " + sink);
    }

    private static void print(String name, Round round) {
        System.out.printf(
                "%-55s %9.2f %9.2f %9.2f %7.1f %%%n",
                name,
                round.parsing() / 1000.0 / REPEATS,
                round.reading() / 1000.0 / REPEATS,
                round.judging() / 1000.0 / REPEATS,
                100.0 * round.judging() / round.parsing());
    }

    private static Round median(List<Round> rounds) {
        return new Round(
                middle(rounds.stream().map(Round::parsing).toList()),
                middle(rounds.stream().map(Round::reading).toList()),
                middle(rounds.stream().map(Round::judging).toList()));
    }

    private static long middle(List<Long> values) {
        return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
    }

    private static Round round(Work work) {
        long start = System.nanoTime();
        for (int i = 0; i < REPEATS; i++) {
            for (String text : work.texts()) {
                sink += JsonReader.parse(text).members().size();
            }
        }
        long parsed = System.nanoTime();
        for (int i = 0; i < REPEATS; i++) {
            sink += Normaliser.settings(work.entry(), work.document()).size();
        }
        long read = System.nanoTime();
        for (int i = 0; i < REPEATS; i++) {
            sink += work.evaluator().evaluate(work.resource()).size();
        }
        long judged = System.nanoTime();
        return new Round(parsed - start, read - parsed, judged - read);
    }

    private static List<Work> works() {
        List<Work> works = new ArrayList<>();
        CatalogueFiles.live().forEach((entry, cases) -> {
            if (!cases.isEmpty()) {
                SourceDocument document = cases.getFirst().document();
                List<String> texts = new ArrayList<>(List.of(document.main().write()));
                document.companions().values().forEach(companion -> {
                    if (companion instanceof SourceDocument.Companion.Read read) {
                        read.documents().forEach(one -> texts.add(one.write()));
                    }
                });
                ResourceId id = new ResourceId(
                        Provider.AWS, "111122223333", "eu-west-1", entry.match().type(), "one");
                works.add(new Work(
                        entry,
                        Evaluator.of(entry),
                        texts,
                        document,
                        Normaliser.normalise(entry, id, new Version(Instant.EPOCH, 0), Labels.NONE, document)));
            }
        });
        return works;
    }
}
