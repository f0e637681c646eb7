package dev.demarc.catalogue.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.compile.Cases;
import dev.demarc.catalogue.compile.CatalogueFiles;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.normalise.Normaliser;
import dev.demarc.normalise.SourceDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Drawn rows are read a second time by predicates that know nothing of the catalogue; both readings agree on every configuration. */
class OracleTest {
    private static final int CONFIGURATIONS = 10_000;
    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final Map<String, Function<World, Answer>> ORACLES = oracles();
    private static final List<String> DRAWN = Rounds.drawn(Rounds.pinned(), OracleTest::classOf);

    /** How often each verdict was given, and the first configurations on which the two readings differ. */
    private record Compared(Map<String, Integer> verdicts, List<String> differences) {}

    @TestFactory
    Stream<DynamicTest> bothReadingsAgree() {
        Map<ServiceType, List<Cases.Case>> cases = cases();
        return DRAWN.stream()
                .filter(ORACLES::containsKey)
                .map(row -> DynamicTest.dynamicTest(row, () -> {
                    Compared compared = compare(row, cases, oracle(row), CONFIGURATIONS);

                    assertThat(compared.differences()).isEmpty();
                    assertThat(compared.verdicts()).containsKeys("COMPLIANT", "NON_COMPLIANT", "UNKNOWN");
                }));
    }

    @Test
    void everyDrawnRowIsReadASecondTime() {
        assertThat(DRAWN).hasSizeGreaterThanOrEqualTo(60);
        assertThat(ORACLES.keySet()).containsExactlyInAnyOrderElementsOf(DRAWN);
    }

    @Test
    void drawsOnlyRowsThatConfigurationDecides() {
        List<String> gone = Rounds.pinned().values().stream()
                .flatMap(List::stream)
                .filter(row -> !isDecided(row))
                .toList();

        assertThat(gone)
                .as("pinned rows that configuration no longer decides; pin the round anew, and read what it draws")
                .isEmpty();
    }

    @Test
    void everyClassIsDrawnFrom() {
        List<String> drawnFrom =
                DRAWN.stream().map(OracleTest::classOf).distinct().toList();

        assertThat(CATALOGUE.serviceTypes().stream()
                        .flatMap(type -> CATALOGUE.entry(type).stream())
                        .filter(entry -> entry.responsibilities().stream().anyMatch(Responsibility::isDecidable))
                        .map(CatalogueEntry::serviceClass)
                        .distinct())
                .as(
                        "a class that came later: pin its rows as a further round, and write an oracle for the row that it draws")
                .isSubsetOf(drawnFrom);
    }

    @Test
    void noticesAReadingThatIsWrongInOneAnswer() {
        Map<ServiceType, List<Cases.Case>> cases = cases();
        for (String row : DRAWN) {
            Function<World, Answer> right = oracle(row);
            Function<World, Answer> lenient = world -> {
                Answer answer = right.apply(world);
                return answer == Answer.OPEN ? Answer.YES : answer;
            };

            assertThat(compare(row, cases, lenient, 500).differences()).as(row).isNotEmpty();
        }
    }

    private static Compared compare(
            String row, Map<ServiceType, List<Cases.Case>> cases, Function<World, Answer> oracle, int count) {
        CatalogueEntry entry = CATALOGUE.entry(type(row)).orElseThrow();
        ControlId control = control(row);
        Responsibility responsibility = entry.responsibility(control).orElseThrow();
        List<SourceDocument> documents = cases.getOrDefault(entry.serviceType(), List.of()).stream()
                .filter(one -> one.control().equals(control.value()))
                .map(Cases.Case::document)
                .toList();
        Configurations configurations = new Configurations(documents, new Random(Rounds.SEED + row.hashCode()));
        Map<String, Integer> verdicts = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            World world = configurations.next();
            String first = Evaluator.judge(responsibility, Normaliser.settings(entry, Configurations.document(world)))
                    .word();
            String second = oracle.apply(world).verdict();
            verdicts.merge(first, 1, Integer::sum);
            if (!first.equals(second) && differences.size() < 3) {
                differences.add("the catalogue says " + first + ", the second reading " + second + " of "
                        + world.json().write());
            }
        }
        return new Compared(verdicts, differences);
    }

    private static Function<World, Answer> oracle(String row) {
        return Objects.requireNonNull(ORACLES.get(row), row);
    }

    private static Map<String, Function<World, Answer>> oracles() {
        Map<String, Function<World, Answer>> all = new HashMap<>(AwsOracles.all());
        all.putAll(AwsPolicyOracles.all());
        all.putAll(AzureOracles.all());
        all.putAll(GcpOracles.all());
        all.putAll(LaterOracles.all());
        return all;
    }

    private static Map<ServiceType, List<Cases.Case>> cases() {
        return CatalogueFiles.live().entrySet().stream()
                .collect(Collectors.toMap(twin -> twin.getKey().serviceType(), Map.Entry::getValue));
    }

    private static boolean isDecided(String row) {
        return CATALOGUE
                .entry(type(row))
                .flatMap(entry -> entry.responsibility(control(row)))
                .filter(Responsibility::isDecidable)
                .isPresent();
    }

    private static String classOf(String row) {
        return CATALOGUE.entry(type(row)).map(CatalogueEntry::serviceClass).orElse("?");
    }

    private static ServiceType type(String row) {
        return new ServiceType(row.substring(0, row.lastIndexOf(' ')));
    }

    private static ControlId control(String row) {
        return new ControlId(row.substring(row.lastIndexOf(' ') + 1));
    }
}
