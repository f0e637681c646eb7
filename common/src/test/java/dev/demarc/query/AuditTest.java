package dev.demarc.query;

import static dev.demarc.query.Landscape.ACCOUNT;
import static dev.demarc.query.Landscape.COPIES;
import static dev.demarc.query.Landscape.FAIL;
import static dev.demarc.query.Landscape.LABELLED;
import static dev.demarc.query.Landscape.NOW;
import static dev.demarc.query.Landscape.OTHER;
import static dev.demarc.query.Landscape.OUTSIDE;
import static dev.demarc.query.Landscape.PASS;
import static dev.demarc.query.Landscape.PUBLIC;
import static dev.demarc.query.Landscape.RESTORE;
import static dev.demarc.query.Landscape.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.demarc.govern.Waiver;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {
    private final Landscape landscape = new Landscape();

    private Audit.Row row(ControlId control) {
        return landscape.posture().audit(FindingFilter.ALL).rows().stream()
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
                        "{\"answer\":\"PARTLY\",\"compliant\":2,\"attested\":0,\"nonCompliant\":1,\"unknown\":1,\"notApplicable\":1}");
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

        Audit audit = landscape.posture().audit(FindingFilter.ALL);

        long pairs = audit.rows().stream().mapToLong(Audit.Row::applicable).sum();
        assertThat(audit.categories().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(pairs)
                // Five verdicts that apply, whether each of the four resources is labelled, and of each bucket what
                // nobody attests.
                .isEqualTo(5 + 4 + 3);
        assertThat(audit.categories())
                .containsOnly(
                        entry(Category.CORRECT, 1L), entry(Category.ADD_VALIDATION, 3L), entry(Category.REMEDIATE, 8L));
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

        Audit audit = landscape.posture().audit(FindingFilter.ALL);
        FindingTotals totals = FindingTotals.of(landscape.posture(), Filters.of("question", "IMPLEMENTED"));

        // What nobody attests is one finding for the type, and counts for both of its resources.
        assertThat(totals.total())
                .isEqualTo(audit.categories().getOrDefault(Category.REMEDIATE, 0L) - 1)
                .isEqualTo(4);
        assertThat(audit.json(totals).at("findings").longAt("total", -1)).isEqualTo(4);
    }

    @Test
    void countsAFixAsImplementedAndNotYetAsValidated() {
        landscape
                .reviewed()
                .alive(ACCOUNT)
                .bucket("a", Map.of(RESTORE, FAIL))
                .bucket("a", Map.of(RESTORE, PASS), NOW.minusSeconds(60));

        assertThat(row(RESTORE).implementedAnswer()).isEqualTo("YES");
        assertThat(row(RESTORE).validatedAnswer()).isEqualTo("NO");
        assertThat(row(RESTORE).count(Category.ADD_VALIDATION)).isOne();

        landscape.swept(ACCOUNT, NOW.minusSeconds(30));

        assertThat(row(RESTORE).validatedAnswer()).isEqualTo("YES");
        assertThat(row(RESTORE).count(Category.CORRECT)).isOne();
    }

    @Test
    void answersWhatOnlyAnAttestationAnswersForEachAccount() {
        landscape
                .reviewed()
                .alive(ACCOUNT)
                .bucket("a", Map.of(COPIES, UNKNOWN))
                .bucket("b", Map.of(COPIES, UNKNOWN))
                .bucket(OTHER, "c", LABELLED, Map.of(COPIES, UNKNOWN));
        assertThat(row(COPIES).implementedAnswer()).isEqualTo("NO");

        landscape.attested("a1", COPIES, Optional.of(ACCOUNT), NOW.plusSeconds(1));

        assertThat(row(COPIES).implementedAnswer()).isEqualTo("PARTLY");
        assertThat(row(COPIES).attested()).isEqualTo(2);
        assertThat(row(COPIES).validatedAnswer()).isEqualTo("NO");
        assertThat(row(COPIES).count(Category.ADD_VALIDATION)).isEqualTo(2);
        assertThat(row(COPIES).count(Category.REMEDIATE)).isOne();
    }

    @Test
    void countsWhatIsWaivedForMoreThanSingleResources() {
        landscape
                .bucket("a", Map.of(RESTORE, FAIL))
                .bucket("b", Map.of(RESTORE, PASS))
                .bucket(OTHER, "c", LABELLED, Map.of(RESTORE, FAIL))
                .waived(
                        "w1",
                        new Waiver.Subject(
                                RESTORE, Optional.empty(), Optional.of(Landscape.account(OTHER)), Optional.empty()),
                        NOW.plusSeconds(1));

        assertThat(row(RESTORE).waived()).isOne();
        assertThat(row(RESTORE).json().longAt("waived", -1)).isOne();
        assertThat(row(new ControlId("MCC-04")).waived()).isZero();
    }

    @Test
    void namesOnlyTheFirstHundredAccountsWithAGap() {
        for (int i = 0; i < 103; i++) {
            landscape.bucket("%012d".formatted(i), "a", LABELLED, Map.of(RESTORE, PASS));
        }

        Json validated = row(RESTORE).json().at("validated");

        assertThat(validated.longAt("accountsWithGap", -1)).isEqualTo(103);
        assertThat(validated.at("gaps").elements()).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # part, value, has rows
            provider,    AWS,            true
            provider,    GCP,            false
            account,     111122223333,   true
            account,     444455556666,   false
            class,       Object-Storage, true
            class,       functions,      false
            serviceType, aws::s3::bucket, true
            tier,        paas,           true
            tier,        faas,           false
            control,     dat-06,         true
            control,     net-02,         false
            pattern,     Data-Protection, true
            pattern,     governance,     false
            """)
    void givesTheRowsOfTheFilter(String part, String value, boolean some) {
        landscape.bucket("a", Map.of(RESTORE, PASS));

        assertThat(landscape.posture().audit(Filters.of(part, value)).rows().isEmpty())
                .isEqualTo(!some);
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

    @Test
    void filtersByFrameworkAndByOneControlOfIt() {
        landscape.bucket("a", Map.of(RESTORE, FAIL, PUBLIC, FAIL));

        assertThat(controls("nist-800-53-r5")).contains(RESTORE, PUBLIC);
        assertThat(controls("nist-800-53-r5:CP-9")).contains(RESTORE).doesNotContain(PUBLIC);
        assertThat(controls("NIST-800-53-R5:cp-9")).isEqualTo(controls("nist-800-53-r5:CP-9"));
        assertThat(controls("nist-800-53-r9")).isEmpty();
    }

    private Set<ControlId> controls(String framework) {
        return landscape.posture().audit(Filters.of("framework", framework)).rows().stream()
                .map(Audit.Row::control)
                .collect(Collectors.toSet());
    }

    @Test
    void countsAFindingOnceUnderEachFrameworkControlOfItsControl() {
        landscape.bucket("a", Map.of(RESTORE, FAIL));
        Posture posture = landscape.posture();
        FindingFilter ofRestore = Filters.of("control", RESTORE.value());

        Counts byFramework = posture.counts(ofRestore, List.of(Dimension.FRAMEWORK));

        assertThat(byFramework.total())
                .isEqualTo(posture.counts(ofRestore, List.of()).total());
        assertThat(byFramework.groups()).hasSizeGreaterThan(1);
        assertThat(byFramework.groups().stream()
                        .filter(group ->
                                "nist-800-53-r5:CP-9".equals(group.values().get(Dimension.FRAMEWORK)))
                        .map(Counts.Group::count))
                .containsExactly(byFramework.total());
        assertThat(posture.all(ofRestore, Sort.PRIORITY).toList())
                .allSatisfy(finding -> assertThat(finding.frameworks()).contains("nist-800-53-r5:CP-9"));
    }
}
