package dev.demarc.catalogue.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.CatalogueStatistics;
import dev.demarc.catalogue.Responsibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the catalogue must have everywhere. */
class CoverageTest {
    private final Catalogue catalogue = Catalogue.bundled();

    @Test
    void leavesNoPairUndecidedAndNoRowWithoutSource() {
        Map<String, Long> counts = new CatalogueStatistics(catalogue).counts();

        assertThat(counts).containsEntry("undecided pairs", 0L).containsEntry("rows without source", 0L);
        assertThat(counts.getOrDefault("rows", 0L))
                .isEqualTo(counts.getOrDefault("rows decided by configuration", 0L)
                        + counts.getOrDefault("rows that are the provider's", 0L)
                        + counts.getOrDefault("rows decided by attestation", 0L)
                        + counts.getOrDefault("rows decided inside the guest", 0L));
    }

    @Test
    void showsTheProvidersDefaultOfEachServiceTypeInEachForm() {
        assertThat(casesFiles().filter(file -> !hasDefault(file))).isEmpty();
    }

    @Test
    void mapsEachControlToAFramework() {
        assertThat(catalogue.controls())
                .allSatisfy(control -> assertThat(control.frameworks()).containsKey("csa-ccm-4.0"));
    }

    /** A row of which the provider is the owner is one that no setting can make fail. */
    @Test
    void asksNothingOfTheCustomerWhereTheProviderOwns() {
        List<String> contradictions = new ArrayList<>();
        for (CatalogueEntry entry : entries()) {
            for (Responsibility row : entry.responsibilities()) {
                boolean provider = row.owner() == Responsibility.Owner.PROVIDER;
                boolean byProvider = row.decision() instanceof Responsibility.Decision.ByProvider;
                if (provider != byProvider) {
                    contradictions.add(entry.serviceType() + " " + row.control());
                }
            }
        }
        assertThat(contradictions).isEmpty();
    }

    private List<CatalogueEntry> entries() {
        return catalogue.serviceTypes().stream()
                .flatMap(type -> catalogue.entry(type).stream())
                .toList();
    }

    private static Stream<Path> casesFiles() {
        try (Stream<Path> files = Files.walk(CatalogueFiles.FOLDER)) {
            return files.filter(path -> path.toString().endsWith(".cases.yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasDefault(Path file) {
        try {
            YamlDocument yaml = YamlDocument.read(file);
            return yaml.json().at("default").isObject()
                    || yaml.json().textAt("service-type", "").startsWith("attest:");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
