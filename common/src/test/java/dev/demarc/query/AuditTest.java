package dev.demarc.query;

import static dev.demarc.query.Landscape.ACCOUNT;
import static dev.demarc.query.Landscape.FAIL;
import static dev.demarc.query.Landscape.LABELLED;
import static dev.demarc.query.Landscape.OUTSIDE;
import static dev.demarc.query.Landscape.PASS;
import static dev.demarc.query.Landscape.PUBLIC;
import static dev.demarc.query.Landscape.RESTORE;
import static dev.demarc.query.Landscape.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {
    private static final String OTHER = "444455556666";

    private final Landscape landscape = new Landscape();

    private Audit.Row row(ControlId control) {
        return landscape.posture().audit().rows().stream()
                .filter(row -> row.control().equals(control))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void answersTheThreeQuestionsForAServiceTypeAndControl() {
        landscape
                .reviewed()
                .alive(ACCOUNT)
                .bucket("a", Map.of(RESTORE, PASS))
                .bucket("b", Map.of(RESTORE, FAIL))
                .bucket("c", Map.of(RESTORE, UNKNOWN))
                .bucket("d", Map.of(RESTORE, OUTSIDE))
                .bucket(OTHER, "e", LABELLED, Map.of(RESTORE, PASS));

        Json json = row(RESTORE).json();

        assertThat(json.at("documented").textAt("answer", "")).isEqualTo("YES");
        assertThat(json.at("implemented").write())
                .isEqualTo(
                        "{\"answer\":\"PARTLY\",\"compliant\":2,\"nonCompliant\":1,\"unknown\":1,\"notApplicable\":1}");
        assertThat(json.at("validated").textAt("answer", "")).isEqualTo("PARTLY");
        assertThat(json.at("validated").longAt("resources", -1)).isEqualTo(3);
        assertThat(json.at("validated").longAt("accounts", -1)).isEqualTo(2);
        assertThat(json.at("validated").at("gaps").elements()).singleElement().satisfies(gap -> {
            assertThat(gap.textAt("account", "")).isEqualTo(OTHER);
            assertThat(gap.textAt("reason", "")).contains("has not delivered");
        });
        assertThat(json.at("categories").write()).isEqualTo("{\"CORRECT\":1,\"ADD_VALIDATION\":1,\"REMEDIATE\":2}");
    }

    @Test
    void countsEveryPairThatAControlAppliesToInExactlyOneCategory() {
        landscape
                .alive(OTHER)
                .reviewed("\"controls\": [\"DAT-06\"]")
                .bucket("a", Map.of(RESTORE, PASS, PUBLIC, PASS))
                .bucket("b", Map.of(RESTORE, FAIL, PUBLIC, OUTSIDE))
                .bucket(OTHER, "c", Labels.NONE, Map.of(RESTORE, PASS, PUBLIC, UNKNOWN))
                .uncatalogued();

        Audit audit = landscape.posture().audit();

        long pairs = audit.rows().stream().mapToLong(Audit.Row::applicable).sum();
        assertThat(audit.categories().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(pairs)
                // Five verdicts that apply, and whether each of the four resources is labelled.
                .isEqualTo(5 + 4);
        assertThat(audit.categories())
                .containsOnly(
                        entry(Category.CORRECT, 1L), entry(Category.ADD_VALIDATION, 3L), entry(Category.REMEDIATE, 5L));
    }

    @Test
    void callsACorrectControlToRemediateWhereNobodyDocumentedIt() {
        landscape.alive(ACCOUNT).bucket("a", Map.of(RESTORE, PASS));

        assertThat(row(RESTORE).isDocumented()).isFalse();
        assertThat(row(RESTORE).count(Category.REMEDIATE)).isOne();
        assertThat(row(RESTORE).json().at("documented").textAt("reason", "")).contains("no entry");
    }

    @Test
    void answersNothingWhereAControlAppliesToNoResource() {
        landscape.reviewed().alive(ACCOUNT).bucket("a", Map.of(RESTORE, OUTSIDE));

        assertThat(row(RESTORE).implementedAnswer()).isEqualTo("NOT_APPLICABLE");
        assertThat(row(RESTORE).validatedAnswer()).isEqualTo("NOT_APPLICABLE");
        assertThat(row(RESTORE).applicable()).isZero();
    }

    @Test
    void agreesWithTheFindings() {
        landscape
                .reviewed()
                .alive(ACCOUNT)
                .bucket("a", Map.of(RESTORE, PASS, PUBLIC, FAIL))
                .bucket(ACCOUNT, "b", Labels.NONE, Map.of(RESTORE, UNKNOWN, PUBLIC, OUTSIDE));

        Audit audit = landscape.posture().audit();
        FindingTotals totals = FindingTotals.of(landscape.posture().findings());

        assertThat(totals.total())
                .isEqualTo(audit.categories().get(Category.REMEDIATE))
                .isEqualTo(3);
        assertThat(audit.json(totals).at("findings").longAt("total", -1)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # documented, implemented, validated, category
            true,  true,  true,  CORRECT
            true,  true,  false, ADD_VALIDATION
            true,  false, true,  REMEDIATE
            true,  false, false, REMEDIATE
            false, true,  true,  REMEDIATE
            false, true,  false, REMEDIATE
            false, false, true,  REMEDIATE
            false, false, false, REMEDIATE
            """)
    void sortsEveryAnswerIntoOneCategory(
            boolean documented, boolean implemented, boolean validated, Category category) {
        assertThat(new Assurance(documented, implemented, validated).category()).isEqualTo(category);
    }
}
