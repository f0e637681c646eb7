package dev.demarc.catalogue.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ServiceType;
import dev.demarc.normalise.Normaliser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyCaseGetsItsVerdict() {
        return CatalogueFiles.cases().entrySet().stream()
                .flatMap(twin -> twin.getValue().stream()
                        .map(one ->
                                DynamicTest.dynamicTest(one.place() + " " + one.control() + " " + one.expect(), () -> {
                                    CatalogueEntry entry = twin.getKey();
                                    var row = entry.responsibilities().stream()
                                            .filter(candidate ->
                                                    candidate.control().value().equals(one.control()))
                                            .findFirst()
                                            .orElseThrow();

                                    var verdict = Evaluator.judge(row, Normaliser.settings(entry, one.document()));

                                    assertThat(verdict.word())
                                            .as(verdict.reason())
                                            .isEqualTo(one.expect());
                                })));
    }

    @Test
    void readsTheSameRowsFromAFurtherForm() {
        Catalogue catalogue = Catalogue.bundled();
        ServiceType key = new ServiceType("AWS::KMS::Key");
        CatalogueEntry live = catalogue.entry(key).orElseThrow();
        CatalogueEntry plan =
                catalogue.entry(key, CatalogueEntry.Form.TERRAFORM).orElseThrow();

        assertThat(plan.responsibilities()).isEqualTo(live.responsibilities());
        assertThat(plan.settings()).isNotEqualTo(live.settings());
        assertThat(live.settings().keySet()).containsAll(plan.settings().keySet());
        assertThat(catalogue.find(CatalogueEntry.Form.TERRAFORM, "aws_kms_key", JsonReader.parse("{}")))
                .map(CatalogueEntry::serviceType)
                .contains(key);
        assertThat(catalogue.find(CatalogueEntry.Form.TERRAFORM, "aws_nothing", JsonReader.parse("{}")))
                .isEmpty();
    }

    @Test
    void countsASettingThatAFormDoesNotHoldAsUnknown() {
        CatalogueEntry plan = Catalogue.bundled()
                .entry(new ServiceType("AWS::KMS::Key"), CatalogueEntry.Form.TERRAFORM)
                .orElseThrow();

        plan.responsibilities().stream()
                .filter(Responsibility::isDecidable)
                .forEach(row -> assertThat(Evaluator.judge(row, Map.of()).word())
                        .as(row.control().value())
                        .isNotEqualTo("COMPLIANT"));
    }

    @Test
    void findsAVariantByWhatTheDocumentSays() {
        Catalogue catalogue = Catalogue.bundled();
        Json app = JsonReader.parse("{\"kind\":\"functionapp,linux\"}");
        Json site = JsonReader.parse("{\"kind\":\"app\"}");
        Json unknown = JsonReader.parse("{\"kind\":7}");

        assertThat(catalogue.find("microsoft.web/sites", app).map(CatalogueEntry::serviceType))
                .contains(new ServiceType("Microsoft.Web/sites#functionapp"));
        assertThat(catalogue.find("Microsoft.Web/sites", site).map(CatalogueEntry::serviceType))
                .contains(new ServiceType("Microsoft.Web/sites#app"));
        assertThat(catalogue.find("Microsoft.ServiceFabric/clusters", unknown)).isEmpty();
    }

    @Test
    void reportsEveryMistakeAtOnceWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("controls.yaml"), "controls:\n  - { id: DAT-01 }\n");
        Path type = Files.createDirectories(folder.resolve("storage")).resolve("a.yaml");
        Files.writeString(type, """
                service-type: A
                class: storage
                provider: aws
                tier: PAAS
                name: A
                matches: { type: A }
                form: config-item
                settings:
                  on: { type: bool, path: configuration.on }
                responsibilities:
                  - control: DAT-01
                    owner: customer
                    provider-default: fails
                    provider-does: Nothing.
                    customer-does: Everything.
                    check: { setting: off, is: true }
                    remediation: Turn it on.
                    sources: [nowhere]
                    confidence: high
                  - control: DAT-99
                    owner: customer
                    provider-default: fails
                    provider-does: Nothing.
                    check: { setting: "on", is: "yes" }
                    sources: [here]
                    confidence: high
                sources:
                  here: { url: "https://example.org", looked-at: 2026-11-24, opened: "yes" }
                """);

        List<String> mistakes = new CatalogueCompiler(folder).compile();

        assertThat(mistakes)
                .anySatisfy(one -> assertThat(one).contains("a.yaml:16").contains("setting 'off' is not declared"))
                .anySatisfy(one -> assertThat(one).contains("a.yaml:18").contains("source 'nowhere'"))
                .anySatisfy(one -> assertThat(one).contains("a.yaml:20").contains("no customer-does"))
                .anySatisfy(one -> assertThat(one).contains("a.yaml:20").contains("no remediation"))
                .anySatisfy(one -> assertThat(one).contains("DAT-99").contains("not in controls.yaml"))
                .anySatisfy(one -> assertThat(one).contains("is not bool"))
                .anySatisfy(one -> assertThat(one).contains("has no twin"));
    }

    @Test
    void refusesWhatTheSchemaDoesNotKnow() throws IOException {
        Files.writeString(folder.resolve("controls.yaml"), "controls:\n  - { id: DAT-01 }\n");
        Path type = Files.createDirectories(folder.resolve("storage")).resolve("a.yaml");
        Files.writeString(type, "service-type: A\nclass: storage\nseverity: high\n");

        List<String> mistakes = new CatalogueCompiler(folder).compile();

        assertThat(mistakes)
                .anySatisfy(one -> assertThat(one).contains("a.yaml").contains("severity"));
        assertThat(mistakes).anySatisfy(one -> assertThat(one).contains("required"));
    }
}
