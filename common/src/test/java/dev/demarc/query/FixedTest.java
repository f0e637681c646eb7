package dev.demarc.query;

import static dev.demarc.query.Landscape.ACCOUNT;
import static dev.demarc.query.Landscape.FAIL;
import static dev.demarc.query.Landscape.NOW;
import static dev.demarc.query.Landscape.PASS;
import static dev.demarc.query.Landscape.RESTORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Provider;
import dev.demarc.record.SweepEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fix is correct only when a sweep that began after it has completed. */
class FixedTest {
    private static final Instant FIXED = NOW.minus(Duration.ofMinutes(10));

    private final Landscape landscape =
            new Landscape().alive(ACCOUNT).bucket("a", Map.of(RESTORE, FAIL)).bucket("a", Map.of(RESTORE, PASS), FIXED);

    @Test
    void asksForValidationOfAFix() {
        landscape.reviewed();

        assertThat(landscape.findings()).singleElement().satisfies(one -> {
            assertThat(one.question()).isEqualTo(Question.VALIDATED);
            assertThat(one.category()).isEqualTo(Category.ADD_VALIDATION);
            assertThat(one.verdict()).contains("COMPLIANT");
            assertThat(one.assurance()).isEqualTo(new Assurance(true, true, false));
            assertThat(one.since()).contains(FIXED);
            assertThat(one.reason())
                    .isEqualTo("fixed at " + FIXED + "; no sweep of the type has begun since and completed");
            assertThat(one.remediation()).contains("sweep");
        });
    }

    @Test
    void asksToRemediateAFixThatNobodyDocumented() {
        assertThat(landscape.findings())
                .filteredOn(one -> one.resource().isPresent())
                .extracting(Finding::category)
                .containsExactly(Category.REMEDIATE);
    }

    @Test
    void isNotConfirmedByASweepThatBeganBeforeTheFix() {
        landscape.reviewed().swept(ACCOUNT, FIXED.minusSeconds(1));

        assertThat(landscape.findings()).hasSize(1);
    }

    @Test
    void isNotConfirmedByASweepThatDidNotComplete() {
        landscape.reviewed().sweep(ACCOUNT, FIXED.plusSeconds(1), SweepEvidence.State.INCOMPLETE);

        assertThat(landscape.findings())
                .anySatisfy(one -> assertThat(one.verdict()).contains("COMPLIANT"));
    }

    @Test
    void isCorrectAfterASweepThatBeganLater() {
        landscape.reviewed().swept(ACCOUNT, FIXED.plusSeconds(1));

        assertThat(landscape.findings()).isEmpty();
    }

    @Test
    void isCorrectEvenBeforeTheProjectorHeardOfTheSweep() {
        landscape.reviewed();
        Instant later = FIXED.plusSeconds(1);
        landscape
                .store()
                .putSweepEvidence(new SweepEvidence(
                        Provider.AWS,
                        ACCOUNT,
                        Landscape.BUCKET,
                        later,
                        later,
                        SweepEvidence.State.COMPLETE,
                        1,
                        1,
                        0,
                        ""));

        assertThat(landscape.findings()).isEmpty();
        assertThat(landscape.posture().findingsOf(Landscape.bucketId(ACCOUNT, "a")))
                .isEmpty();
        // Control: the projector has indeed not heard of it.
        assertThat(landscape.store().findingsOf(Landscape.account(ACCOUNT), "", 10))
                .hasSize(1);
    }

    @Test
    void takesLabelsThatComeLateForNoFixWhereTheRegisterGaveThemAllTheTime() {
        Landscape labelled = labelledLate().reviewed("\"sensitivity\": \"low\"", "\"criticality\": \"low\"");

        assertThat(labelled.findings())
                .noneSatisfy(one -> assertThat(one.control()).hasToString("MCC-04"));
    }

    @Test
    void asksForValidationOfLabelsThatCameLate() {
        Landscape labelled = labelledLate().reviewed();

        assertThat(labelled.findings()).anySatisfy(one -> {
            assertThat(one.control()).hasToString("MCC-04");
            assertThat(one.question()).isEqualTo(Question.VALIDATED);
        });
    }

    private static Landscape labelledLate() {
        return new Landscape()
                .heard(ACCOUNT, NOW)
                .bucket(ACCOUNT, "a", Labels.NONE, Map.of(RESTORE, PASS))
                .bucket(ACCOUNT, "a", Landscape.labels(Level.LOW, Level.LOW), Map.of(RESTORE, PASS));
    }
}
