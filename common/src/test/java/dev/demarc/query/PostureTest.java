package dev.demarc.query;

import static dev.demarc.query.Landscape.ACCOUNT;
import static dev.demarc.query.Landscape.AT_REST;
import static dev.demarc.query.Landscape.BUCKET;
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
import static org.assertj.core.api.Assertions.tuple;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.TagKeys;
import dev.demarc.record.SweepEvidence;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostureTest {
    private final Landscape landscape = new Landscape();

    private List<Finding> findings() {
        return landscape.findings();
    }

    private List<Finding> findings(Question question) {
        return findings().stream().filter(one -> one.question() == question).toList();
    }

    @Test
    void findsNothingWhereEverythingIsDocumentedImplementedAndValidated() {
        landscape.reviewed().alive(ACCOUNT).bucket("a", Map.of(RESTORE, PASS, PUBLIC, OUTSIDE));

        assertThat(findings()).isEmpty();
    }

    @Test
    void saysOfAFailedControlWhatWhySinceWhenAndWhatToDo() {
        landscape.reviewed().alive(ACCOUNT).bucket("a", Map.of(RESTORE, FAIL));

        Finding finding = findings().getFirst();

        assertThat(findings()).hasSize(1);
        assertThat(finding.subject()).isEqualTo(Finding.Subject.RESOURCE);
        assertThat(finding.question()).isEqualTo(Question.IMPLEMENTED);
        assertThat(finding.category()).isEqualTo(Category.REMEDIATE);
        assertThat(finding.assurance()).isEqualTo(new Assurance(true, false, true));
        assertThat(finding.resource()).contains("aws|111122223333|eu-west-1|AWS::S3::Bucket|a");
        assertThat(finding.title()).isEqualTo("Deleted data can be restored");
        assertThat(finding.serviceClass()).isEqualTo("object-storage");
        assertThat(finding.verdict()).contains("NON_COMPLIANT");
        assertThat(finding.reason()).isEqualTo("versioning is off");
        assertThat(finding.remediation()).isNotBlank();
        assertThat(finding.since()).contains(NOW.minus(Duration.ofDays(3)));
        assertThat(finding.owner()).contains("blue");
    }

    @Test
    void countsUnknownAsNotImplementedWithItsOwnReason() {
        landscape.reviewed().alive(ACCOUNT).bucket("a", Map.of(RESTORE, UNKNOWN));

        assertThat(findings())
                .extracting(Finding::verdict, Finding::category, Finding::reason)
                .containsExactly(
                        tuple(Optional.of("UNKNOWN"), Category.REMEDIATE, "versioning is missing from the resource"));
    }

    @Test
    void findsAnUnreviewedServiceTypeOnce() {
        landscape.alive(ACCOUNT).bucket("a", Map.of(RESTORE, PASS)).bucket("b", Map.of(RESTORE, PASS));

        assertThat(findings()).singleElement().satisfies(one -> {
            assertThat(one.control()).hasToString("MCC-01");
            assertThat(one.subject()).isEqualTo(Finding.Subject.SERVICE_TYPE);
            assertThat(one.question()).isEqualTo(Question.DOCUMENTED);
            assertThat(one.category()).isEqualTo(Category.REMEDIATE);
            assertThat(one.reason()).contains("no entry for AWS::S3::Bucket");
            assertThat(one.account()).isEmpty();
            assertThat(one.resource()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            "expires-on": "2026-11-23" ! expired on 2026-11-23
            "approved": false ! is not approved
            "catalogue-revision": "000000000000" ! reviewed against catalogue revision 000000000000
            """)
    void findsAnEntryThatNoLongerDocumentsItsType(String member, String reason) {
        landscape.alive(ACCOUNT).reviewed(member).bucket("a", Map.of(RESTORE, PASS));

        assertThat(findings()).singleElement().satisfies(one -> {
            assertThat(one.control()).hasToString("MCC-01");
            assertThat(one.question()).isEqualTo(Question.DOCUMENTED);
            assertThat(one.reason()).contains(reason);
        });
    }

    @Test
    void takesTheCurrentRevisionOfTheCatalogueAsReviewed() {
        String current = landscape.catalogue().entry(BUCKET).orElseThrow().revision();
        landscape
                .alive(ACCOUNT)
                .reviewed("\"catalogue-revision\": \"" + current + "\"")
                .bucket("a", Map.of(RESTORE, PASS));

        assertThat(findings()).isEmpty();
    }

    @Test
    void findsEachControlThatTheEntryDoesNotName() {
        landscape.alive(ACCOUNT).reviewed("\"controls\": [\"DAT-06\"]").bucket("a", Map.of(RESTORE, PASS));

        List<Finding> findings = findings();

        assertThat(findings)
                .hasSize(landscape
                                .catalogue()
                                .entry(BUCKET)
                                .orElseThrow()
                                .responsibilities()
                                .size()
                        - 1);
        assertThat(findings).allSatisfy(one -> {
            assertThat(one.question()).isEqualTo(Question.DOCUMENTED);
            assertThat(one.control()).isNotEqualTo(RESTORE);
            assertThat(one.reason()).endsWith("does not name " + one.control());
        });
    }

    @Test
    void findsATypeInUseThatTheCatalogueDoesNotKnow() {
        landscape.uncatalogued();

        assertThat(findings()).singleElement().satisfies(one -> {
            assertThat(one.control()).hasToString("MCC-01");
            assertThat(one.reason()).contains("the catalogue has no entry for AWS::Timestream::Database");
        });
    }

    @Test
    void findsAnAccountWithoutEvidenceOnceForItsType() {
        landscape
                .reviewed()
                .alive(ACCOUNT)
                .bucket("a", Map.of(RESTORE, PASS))
                .bucket(OTHER, "b", LABELLED, Map.of(RESTORE, PASS, PUBLIC, PASS));

        assertThat(findings()).singleElement().satisfies(one -> {
            assertThat(one.subject()).isEqualTo(Finding.Subject.SERVICE_TYPE_IN_ACCOUNT);
            assertThat(one.question()).isEqualTo(Question.VALIDATED);
            assertThat(one.category()).isEqualTo(Category.ADD_VALIDATION);
            assertThat(one.account()).contains(OTHER);
            assertThat(one.reason()).contains("has not delivered");
        });
    }

    @Test
    void countsAnUnlabelledResourceAsHighAndFindsIt() {
        landscape.reviewed().alive(ACCOUNT).bucket(ACCOUNT, "a", Labels.NONE, Map.of(RESTORE, FAIL));

        assertThat(findings()).extracting(one -> one.control().value()).containsExactlyInAnyOrder("MCC-04", "DAT-06");
        assertThat(findings()).allSatisfy(one -> {
            assertThat(one.priority().sensitivity()).isEqualTo(Level.HIGH);
            assertThat(one.priority().criticality()).isEqualTo(Level.HIGH);
        });
    }

    @Test
    void takesLabelsFromTheRegisterWhereTagsSayNothing() {
        landscape
                .reviewed("\"sensitivity\": \"restricted\"", "\"criticality\": \"low\"")
                .alive(ACCOUNT)
                .bucket(ACCOUNT, "a", Labels.NONE, Map.of(RESTORE, FAIL));

        assertThat(findings()).singleElement().satisfies(one -> {
            assertThat(one.control()).isEqualTo(RESTORE);
            assertThat(one.priority().sensitivity()).isEqualTo(Level.CRITICAL);
            assertThat(one.priority().criticality()).isEqualTo(Level.LOW);
            assertThat(one.owner()).contains("storage");
        });
    }

    @Test
    void prefersTheTagsOfTheResourceToTheRegister() {
        landscape
                .reviewed("\"sensitivity\": \"low\"", "\"criticality\": \"low\"")
                .alive(ACCOUNT)
                .bucket(ACCOUNT, "a", Landscape.labels(Level.CRITICAL, Level.HIGH), Map.of(RESTORE, FAIL));

        assertThat(findings().getFirst().priority().sensitivity()).isEqualTo(Level.CRITICAL);
        assertThat(findings().getFirst().priority().criticality()).isEqualTo(Level.HIGH);
    }

    @Test
    void doublesThePriorityOfEveryFindingOfAResourceWithinReachOfEveryone() {
        landscape
                .reviewed()
                .alive(ACCOUNT)
                .bucket("open", Map.of(PUBLIC, FAIL, RESTORE, FAIL))
                .bucket("undecided", Map.of(PUBLIC, UNKNOWN, RESTORE, FAIL));

        assertThat(findings())
                .allSatisfy(one -> assertThat(one.priority().exposure())
                        .isEqualTo(one.resource().orElseThrow().endsWith("|open") ? 2 : 1));
    }

    @Test
    void putsTheMostUrgentFirstAndNeverFindsWhatIsCorrect() {
        landscape
                .bucket("b", Map.of(PUBLIC, FAIL, RESTORE, FAIL))
                .bucket("a", Map.of(RESTORE, FAIL))
                .bucket(OTHER, "c", Labels.NONE, Map.of(RESTORE, UNKNOWN))
                .uncatalogued();

        List<Finding> findings = findings();

        assertThat(findings)
                .hasSizeGreaterThan(6)
                .isSortedAccordingTo(
                        Comparator.comparingInt((Finding one) -> -one.priority().score())
                                .thenComparing(finding -> finding.resource().isPresent()));
        assertThat(findings).extracting(Finding::id).doesNotHaveDuplicates();
        assertThat(findings).allSatisfy(one -> assertThat(one.category()).isNotEqualTo(Category.CORRECT));
    }

    @Test
    void neverTakesAControlWithoutAnAutomatedCheckAsValidated() {
        landscape.reviewed().alive(ACCOUNT).bucket("a", Map.of(AT_REST, PASS));

        assertThat(landscape.posture().audit(FindingFilter.ALL).rows())
                .filteredOn(row -> row.control().equals(AT_REST))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.validatedAnswer()).isEqualTo("NO");
                    assertThat(row.count(Category.ADD_VALIDATION)).isOne();
                });
    }

    @Test
    void namesClassTierPatternAndSourceOfAFinding() {
        landscape.reviewed().alive(ACCOUNT).bucket("a", Map.of(RESTORE, FAIL));

        Finding finding = findings().getFirst();

        assertThat(finding.serviceClass()).isEqualTo("object-storage");
        assertThat(finding.tier()).isEqualTo("PAAS");
        assertThat(finding.pattern()).isEqualTo("data-protection");
        assertThat(finding.responsibility()).isEqualTo("CUSTOMER");
        assertThat(finding.source()).startsWith("https://");
        assertThat(finding.json().at("assurance").write())
                .isEqualTo("{\"documented\":true,\"implemented\":false,\"validated\":true}");
    }

    @Test
    void saysSinceWhenValidationHasLapsed() {
        Instant heard = NOW.minus(Duration.ofDays(8));
        landscape.reviewed().heard(ACCOUNT, heard).swept(ACCOUNT, NOW).bucket("a", Map.of(RESTORE, PASS));

        assertThat(findings()).singleElement().satisfies(one -> {
            assertThat(one.category()).isEqualTo(Category.ADD_VALIDATION);
            assertThat(one.reason()).contains("silent since " + heard);
            assertThat(one.lapsedAt()).contains(heard.plus(Duration.ofDays(7)));
            assertThat(one.since()).isEqualTo(one.lapsedAt());
        });
    }

    @Test
    void changesTheCategoryByItselfWhenEvidenceLapses() {
        landscape.reviewed().alive(ACCOUNT).bucket("a", Map.of(RESTORE, PASS));

        assertThat(landscape.findings(NOW.plus(Duration.ofHours(24)))).isEmpty();
        assertThat(landscape.findings(NOW.plus(Duration.ofHours(25))))
                .extracting(Finding::question, Finding::category)
                .containsExactly(tuple(Question.VALIDATED, Category.ADD_VALIDATION));
    }

    @Test
    void reopensOnlyTheRowThatTheCatalogueChangedSinceTheReview() {
        Map<ControlId, String> rows =
                new HashMap<>(landscape.catalogue().entry(BUCKET).orElseThrow().rowRevisions());
        rows.put(RESTORE, "000000000000");
        rows.remove(PUBLIC);
        landscape.alive(ACCOUNT).documented(reviewedByRow(rows)).bucket("a", Map.of(RESTORE, PASS, PUBLIC, PASS));

        assertThat(findings()).extracting(Finding::control).containsExactlyInAnyOrder(RESTORE, PUBLIC);
        assertThat(findings()).allSatisfy(one -> {
            assertThat(one.question()).isEqualTo(Question.DOCUMENTED);
            assertThat(one.subject()).isEqualTo(Finding.Subject.SERVICE_TYPE);
        });
        assertThat(findings())
                .anySatisfy(one -> assertThat(one.reason()).contains("at row revision 000000000000"))
                .anySatisfy(one -> assertThat(one.reason()).contains("added to the catalogue since the review"));
    }

    @Test
    void reopensNothingWhenTheRowsAreAsReviewed() {
        landscape
                .alive(ACCOUNT)
                .documented(reviewedByRow(
                        landscape.catalogue().entry(BUCKET).orElseThrow().rowRevisions()))
                .bucket("a", Map.of(RESTORE, PASS));

        assertThat(findings()).isEmpty();
    }

    @Test
    void findsOneFindingByItsIdAndNoneThatIsNotOpen() {
        landscape.bucket("a", Map.of(RESTORE, FAIL, PUBLIC, PASS)).uncatalogued();
        Posture posture = landscape.posture();
        List<Finding> all = posture.all(FindingFilter.ALL, Sort.PRIORITY).toList();

        assertThat(all)
                .hasSizeGreaterThan(4)
                .allSatisfy(one -> assertThat(posture.finding(one.id())).contains(one));
        assertThat(List.of(
                        "",
                        "|",
                        "DAT-06",
                        "aws|" + ACCOUNT + "|eu-west-1|AWS::S3::Bucket|a|" + PUBLIC,
                        "aws|" + ACCOUNT + "|eu-west-1|AWS::S3::Bucket|b|" + RESTORE,
                        "aws|*|*|AWS::S3::Bucket|*|DAT-06|DOCUMENTED",
                        "aws|*|*||*|DAT-06|DOCUMENTED",
                        "moon|1|x|y|z|DAT-06"))
                .allSatisfy(id -> assertThat(posture.finding(id)).isEmpty());
    }

    @Test
    void listsTheFindingsOfAResource() {
        landscape
                .bucket("a", Map.of(RESTORE, FAIL, PUBLIC, UNKNOWN, AT_REST, PASS))
                .bucket("b", Map.of(RESTORE, FAIL));

        assertThat(landscape.posture().findingsOf(Landscape.bucketId(ACCOUNT, "a")))
                .extracting(Finding::control)
                .containsExactly(RESTORE, PUBLIC);
        assertThat(landscape.posture().findingsOf(Landscape.bucketId(ACCOUNT, "z")))
                .isEmpty();
    }

    @Test
    void listsTheServiceTypesInUseWithTheirNumbers() {
        landscape
                .reviewed()
                .bucket("a", Map.of(RESTORE, PASS))
                .bucket("b", Map.of(RESTORE, PASS))
                .bucket(OTHER, "c", LABELLED, Map.of())
                .uncatalogued();

        assertThat(landscape.posture().serviceTypesInUse())
                .extracting(
                        one -> one.serviceType().name(),
                        TypeInUse::accounts,
                        TypeInUse::resources,
                        one -> one.documented().isYes())
                .containsExactly(
                        tuple("AWS::S3::Bucket", 2L, 3L, true), tuple("AWS::Timestream::Database", 1L, 1L, false));
    }

    @Test
    void forgetsADeletedResource() {
        landscape.reviewed().alive(ACCOUNT).bucket("a", Map.of(RESTORE, FAIL));

        landscape.deleted(ACCOUNT, "a");

        assertThat(findings()).isEmpty();
        assertThat(landscape.posture().serviceTypesInUse()).isEmpty();
    }

    @Test
    void showsTheCoverageOfEachAccountByType() {
        Instant later = NOW.minus(Duration.ofHours(1));
        landscape
                .alive(ACCOUNT)
                .sweep(ACCOUNT, later, SweepEvidence.State.UNDER_WAY)
                .bucket("a", Map.of(RESTORE, PASS))
                .uncatalogued()
                .heard(OTHER, later);

        List<AccountCoverage> accounts = landscape.posture().accounts();

        assertThat(accounts).extracting(one -> one.account().account()).containsExactly(ACCOUNT, OTHER);
        assertThat(accounts.getFirst().types()).hasSize(2).first().satisfies(type -> {
            assertThat(type.serviceType()).isEqualTo(BUCKET);
            assertThat(type.resources()).isOne();
            assertThat(type.lastEventAt()).contains(NOW.minus(Duration.ofHours(2)));
            assertThat(type.lastSweep()).isPresent();
            assertThat(type.sweepUnderWay()).map(SweepEvidence::startedAt).contains(later);
            assertThat(type.gap()).isEmpty();
        });
        assertThat(accounts.getLast().types()).singleElement().satisfies(type -> {
            assertThat(type.resources()).isZero();
            assertThat(type.gap()).contains("no sweep has run");
        });
    }

    private static Register reviewedByRow(Map<ControlId, String> rows) {
        return new Register(
                List.of(new RegisterEntry(
                        BUCKET,
                        "storage",
                        "A. Reviewer",
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2027, 1, 1),
                        true,
                        Optional.of("ffffffffffff"),
                        rows,
                        Set.of(),
                        Optional.empty(),
                        Optional.empty())),
                Register.Windows.DEFAULT,
                TagKeys.DEFAULT);
    }
}
