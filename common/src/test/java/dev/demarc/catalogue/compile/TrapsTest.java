package dev.demarc.catalogue.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.normalise.SourceDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The documented differences between providers are those that their default resources show. */
class TrapsTest {
    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final Map<ServiceType, SourceDocument> DEFAULTS = CatalogueFiles.byDefault();
    private static final List<Trap> TRAPS = Trap.all();

    @TestFactory
    Stream<DynamicTest> theDefaultResourcesShowTheDifference() {
        long skipped = TRAPS.stream().filter(trap -> !isRun(trap)).count();
        System.out.println("traps: " + TRAPS.size() + ", skipped because their class is not there: " + skipped);
        return TRAPS.stream()
                .map(trap -> DynamicTest.dynamicTest(trap.id() + " " + trap.serviceClass(), () -> {
                    assumeTrue(isRun(trap), "the class is not in the catalogue");
                    if (trap.shows().isEmpty()) {
                        assertThat(trap.because()).isNotBlank();
                        assertThat(CATALOGUE.members(trap.serviceClass()).stream()
                                        .flatMap(type -> CATALOGUE.entry(type).stream())
                                        .flatMap(entry -> entry.responsibility(trap.control()).stream()))
                                .isEmpty();
                    } else {
                        assertThat(trap.mistakes(CATALOGUE, DEFAULTS)).isEmpty();
                    }
                }));
    }

    @Test
    void everyTrapSpeaksOfAControlAndOfEachProvider() {
        assertThat(TRAPS).hasSizeGreaterThanOrEqualTo(48);
        assertThat(TRAPS.stream().map(Trap::id)).doesNotHaveDuplicates();
        for (Trap trap : TRAPS) {
            assertThat(CATALOGUE.control(trap.control())).as(trap.id()).isPresent();
            assertThat(trap.says().keySet()).as(trap.id()).containsExactlyInAnyOrder(Provider.values());
            assertThat(trap.says().values()).as(trap.id()).noneMatch(String::isBlank);
        }
    }

    @Test
    void noticesAnOwnerAVerdictOrASettingThatIsNotThatOfTheRow() {
        List<Trap> run = TRAPS.stream()
                .filter(trap -> isRun(trap) && !trap.shows().isEmpty())
                .toList();

        assertThat(run).isNotEmpty();
        for (Trap trap : run) {
            trap.shows().forEach((type, shown) -> {
                String owner = shown.owner().equals("shared") ? "customer" : "shared";
                String verdict = shown.verdict().equals("UNKNOWN") ? "COMPLIANT" : "UNKNOWN";
                assertThat(mistakes(trap, type, new Trap.Shown(true, owner, shown.verdict(), shown.reads())))
                        .as(trap.id() + " " + type)
                        .isNotEmpty();
                assertThat(mistakes(trap, type, new Trap.Shown(true, shown.owner(), verdict, shown.reads())))
                        .as(trap.id() + " " + type)
                        .isNotEmpty();
                assertThat(mistakes(trap, type, new Trap.Shown(true, shown.owner(), shown.verdict(), List.of("none"))))
                        .as(trap.id() + " " + type)
                        .isNotEmpty();
                assertThat(mistakes(
                                trap, type, new Trap.Shown(!shown.row(), shown.owner(), shown.verdict(), List.of())))
                        .as(trap.id() + " " + type)
                        .isNotEmpty();
            });
        }
    }

    @Test
    void noticesThatServiceTypesDoNotDiffer() {
        Trap.Shown same = new Trap.Shown(true, "provider", "NOT_APPLICABLE", List.of());
        Trap trap = new Trap(
                "T",
                "kubernetes",
                new ControlId("DAT-01"),
                Map.of(),
                Map.of(
                        new ServiceType("AWS::EKS::Cluster"), same,
                        new ServiceType("Microsoft.ContainerService/managedClusters"), same,
                        new ServiceType("container.googleapis.com/Cluster"), same),
                "");

        assertThat(trap.mistakes(CATALOGUE, DEFAULTS))
                .containsExactly("T: no difference in owner, verdict or what is read");
    }

    private static boolean isRun(Trap trap) {
        return CATALOGUE.serviceClass(trap.serviceClass()).isPresent();
    }

    private static List<String> mistakes(Trap trap, ServiceType type, Trap.Shown shown) {
        Map<ServiceType, Trap.Shown> shows = new LinkedHashMap<>(trap.shows());
        shows.put(type, shown);
        return new Trap(trap.id(), trap.serviceClass(), trap.control(), trap.says(), shows, trap.because())
                .mistakes(CATALOGUE, DEFAULTS);
    }
}
