package dev.demarc.query;

import static dev.demarc.query.Landscape.ACCOUNT;
import static dev.demarc.query.Landscape.COPIES;
import static dev.demarc.query.Landscape.LABELLED;
import static dev.demarc.query.Landscape.NOW;
import static dev.demarc.query.Landscape.OTHER;
import static dev.demarc.query.Landscape.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A control that no check can decide is asked of the service type, and answered by attestations. */
class AttestedTest {
    private static final Instant SOON = NOW.plus(Duration.ofDays(1));

    private final Landscape landscape = new Landscape()
            .reviewed()
            .alive(ACCOUNT)
            .bucket("a", Map.of(COPIES, UNKNOWN))
            .bucket("b", Map.of(COPIES, UNKNOWN));

    private List<Finding> findings(Instant now) {
        return landscape
                .posture(Scope.operator(Scope.MAIN), now)
                .all(Filters.of("control", COPIES.value()), Sort.PRIORITY)
                .toList();
    }

    private List<Finding> findings() {
        return findings(NOW);
    }

    @Test
    void findsWhatNobodyAttestsOnceForTheType() {
        assertThat(findings()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("aws|*|*|AWS::S3::Bucket|*|DAT-10|IMPLEMENTED");
            assertThat(one.subject()).isEqualTo(Finding.Subject.SERVICE_TYPE);
            assertThat(one.question()).isEqualTo(Question.IMPLEMENTED);
            assertThat(one.category()).isEqualTo(Category.REMEDIATE);
            assertThat(one.verdict()).contains("UNKNOWN");
            assertThat(one.reason()).startsWith("needs an attestation: ");
            assertThat(one.remediation()).contains("attest it");
            assertThat(one.json().at("assurance").write())
                    .isEqualTo("{\"documented\":true,\"implemented\":false,\"validated\":false}");
        });
    }

    @Test
    void countsItOnceAndNotForEachResource() {
        assertThat(landscape
                        .posture()
                        .counts(Filters.of("control", "DAT-10"), List.of())
                        .total())
                .isOne();
        assertThat(landscape.posture().findingsOf(Landscape.bucketId(ACCOUNT, "a")))
                .isEmpty();
        // Control: the store holds one for each resource.
        assertThat(landscape.store().findingsOf(Landscape.account(ACCOUNT), "", 10))
                .hasSize(2);
    }

    @Test
    void takesAnAttestationAsImplementedAndNeverAsValidated() {
        landscape.attested("a1", COPIES, Optional.empty(), SOON);

        assertThat(findings()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo("aws|*|*|AWS::S3::Bucket|*|DAT-10|VALIDATED");
            assertThat(one.question()).isEqualTo(Question.VALIDATED);
            assertThat(one.category()).isEqualTo(Category.ADD_VALIDATION);
            assertThat(one.assurance()).isEqualTo(new Assurance(true, true, false));
            assertThat(one.reason()).contains("a1").contains("expires at " + SOON);
        });
    }

    @Test
    void asksAgainWhenTheAttestationHasExpired() {
        landscape.attested("a1", COPIES, Optional.empty(), SOON);

        assertThat(findings(SOON.minusSeconds(1))).extracting(Finding::question).containsExactly(Question.VALIDATED);
        assertThat(findings(SOON)).singleElement().satisfies(one -> {
            assertThat(one.question()).isEqualTo(Question.IMPLEMENTED);
            assertThat(one.reason()).startsWith("the attestation a1 expired at " + SOON + "; needs an attestation");
            assertThat(one.since()).contains(SOON);
        });
    }

    @Test
    void answersAccountByAccountWhenOneHasAnAttestationOfItsOwn() {
        landscape
                .bucket(OTHER, "c", LABELLED, Map.of(COPIES, UNKNOWN))
                .attested("a1", COPIES, Optional.of(OTHER), SOON);

        assertThat(findings())
                .extracting(Finding::id, Finding::subject, Finding::question)
                .containsExactlyInAnyOrder(
                        tuple(
                                "aws|111122223333|*|AWS::S3::Bucket|*|DAT-10|IMPLEMENTED",
                                Finding.Subject.SERVICE_TYPE_IN_ACCOUNT,
                                Question.IMPLEMENTED),
                        tuple(
                                "aws|444455556666|*|AWS::S3::Bucket|*|DAT-10|VALIDATED",
                                Finding.Subject.SERVICE_TYPE_IN_ACCOUNT,
                                Question.VALIDATED));
        assertThat(findings())
                .allSatisfy(
                        one -> assertThat(landscape.posture().finding(one.id())).contains(one));
    }

    @Test
    void doesNotShowTheAttestationOfAnAccountOutsideTheScope() {
        landscape
                .bucket(OTHER, "c", LABELLED, Map.of(COPIES, UNKNOWN))
                .attested("a1", COPIES, Optional.of(OTHER), SOON);
        Scope own = Scope.operator(Scope.MAIN, Landscape.account(ACCOUNT));

        assertThat(landscape.posture(own, NOW).all(Filters.of("control", "DAT-10"), Sort.PRIORITY))
                .extracting(Finding::id)
                .containsExactly("aws|*|*|AWS::S3::Bucket|*|DAT-10|IMPLEMENTED");
    }

    @Test
    void prefersTheAttestationForEveryAccountToAskingEach() {
        landscape
                .bucket(OTHER, "c", LABELLED, Map.of(COPIES, UNKNOWN))
                .attested("a1", COPIES, Optional.of(OTHER), SOON)
                .attested("a2", COPIES, Optional.empty(), SOON);

        assertThat(findings()).extracting(Finding::id).containsExactly("aws|*|*|AWS::S3::Bucket|*|DAT-10|VALIDATED");
    }
}
