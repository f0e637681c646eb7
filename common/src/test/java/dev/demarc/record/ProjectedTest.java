package dev.demarc.record;

import static dev.demarc.record.Sample.AWAY;
import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.LABELS;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.next;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectedTest {
    private static Observation judged(int second, Verdict encryption) {
        return observed(bucket("a"), second, Map.of(ENCRYPTION, encryption));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # before, now, word, since, changed: the seconds of the observations are 1 and 2
            COMPLIANT,      COMPLIANT,      COMPLIANT,       ,
            COMPLIANT,      NON_COMPLIANT,  NON_COMPLIANT,  2, 2
            COMPLIANT,      UNKNOWN,        UNKNOWN,        2, 2
            COMPLIANT,      NOT_APPLICABLE, NOT_APPLICABLE,  ,
            NON_COMPLIANT,  COMPLIANT,      FIXED,          2, 2
            NON_COMPLIANT,  NON_COMPLIANT,  NON_COMPLIANT,  1, 1
            NON_COMPLIANT,  UNKNOWN,        UNKNOWN,        1, 2
            NON_COMPLIANT,  NOT_APPLICABLE, NOT_APPLICABLE, 2, 2
            UNKNOWN,        COMPLIANT,      FIXED,          2, 2
            UNKNOWN,        NON_COMPLIANT,  NON_COMPLIANT,  1, 2
            UNKNOWN,        UNKNOWN,        UNKNOWN,        1, 1
            UNKNOWN,        NOT_APPLICABLE, NOT_APPLICABLE, 2, 2
            NOT_APPLICABLE, COMPLIANT,      COMPLIANT,       ,
            NOT_APPLICABLE, NON_COMPLIANT,  NON_COMPLIANT,  2, 2
            NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE,  ,
            """)
    void advancesEachControl(
            String before, String now, String word, @Nullable Integer since, @Nullable Integer changed) {
        Projected first = first(judged(1, Verdict.of(before, "because")));

        Projected second = next(Optional.of(first), judged(2, Verdict.of(now, "because")));

        Projected.Mark mark = second.marks().get(ENCRYPTION);
        assertThat(second.words()).containsEntry(ENCRYPTION, word);
        assertThat(mark)
                .isEqualTo(
                        since == null || changed == null
                                ? null
                                : new Projected.Mark(word, NOON.plusSeconds(since), version(changed)));
    }

    /** A control that ceases to apply is not fixed by it; one that never failed has nothing to be fixed. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # before, in between, now, word, since: the seconds of the observations are 1, 2, 3 and 4
            NON_COMPLIANT,  NOT_APPLICABLE, COMPLIANT,      FIXED,          4
            UNKNOWN,        NOT_APPLICABLE, COMPLIANT,      FIXED,          4
            COMPLIANT,      NOT_APPLICABLE, COMPLIANT,      COMPLIANT,
            NOT_APPLICABLE, NOT_APPLICABLE, COMPLIANT,      COMPLIANT,
            NON_COMPLIANT,  UNKNOWN,        COMPLIANT,      FIXED,          4
            NON_COMPLIANT,  COMPLIANT,      COMPLIANT,      FIXED,          2
            NON_COMPLIANT,  NOT_APPLICABLE, NON_COMPLIANT,  NON_COMPLIANT,  4
            NON_COMPLIANT,  NOT_APPLICABLE, UNKNOWN,        UNKNOWN,        4
            COMPLIANT,      NOT_APPLICABLE, NON_COMPLIANT,  NON_COMPLIANT,  4
            """)
    void remembersAFailureWhileTheControlDoesNotApply(
            String before, String between, String now, String word, @Nullable Integer since) {
        Projected state = first(judged(1, Verdict.of(before, "because")));
        state = next(Optional.of(state), judged(2, Verdict.of(between, "because")));
        state = next(Optional.of(state), judged(3, Verdict.of(between, "still because")));

        state = next(Optional.of(state), judged(4, Verdict.of(now, "because")));

        Projected.Mark mark = state.marks().get(ENCRYPTION);
        assertThat(state.words()).containsEntry(ENCRYPTION, word);
        assertThat(mark == null ? null : mark.since()).isEqualTo(since == null ? null : NOON.plusSeconds(since));
        assertThat(state.findings()).hasSize(since == null ? 0 : 1);
    }

    @Test
    void remembersAnUnconfirmedFixWhileTheControlDoesNotApply() {
        Projected failing = first(judged(1, FAIL));
        Projected fixed = next(Optional.of(failing), judged(2, PASS));
        Projected away = next(Optional.of(fixed), judged(3, AWAY));

        Projected back = next(Optional.of(away), judged(4, PASS));

        assertThat(away.findings()).isEmpty();
        assertThat(away.counters().keySet()).extracting(RollupKey::verdict).contains("NOT_APPLICABLE");
        assertThat(back.marks())
                .containsEntry(ENCRYPTION, new Projected.Mark("FIXED", NOON.plusSeconds(4), version(4)));
        assertThat(back.confirm(NOON.plusSeconds(4)::isAfter)).isEqualTo(back);
        assertThat(back.confirm(NOON.plusSeconds(5)::isAfter).marks()).isEmpty();
    }

    @Test
    void forgetsAFailureOfAControlThatDoesNotApplyWhenTheResourceGoesOrEvidenceShowsThatItComplies() {
        Projected away = next(Optional.of(first(judged(1, FAIL))), judged(2, AWAY));
        Projected confirmed =
                Projected.advance(Optional.of(away), judged(3, PASS), Scope.MAIN, NOON.plusSeconds(9)::isAfter);
        Projected again = next(Optional.of(next(Optional.of(away), gone("a", 3))), judged(4, PASS));

        assertThat(away.marks()).isNotEmpty();
        assertThat(confirmed.marks()).isEmpty();
        assertThat(again.marks()).isEmpty();
    }

    @Test
    void marksAFindingAsChangedWhenWhatItShowsChanges() {
        Projected state = first(judged(1, FAIL));
        Map<String, Observation> shown = Map.of(
                "reason", judged(2, new Verdict.NonCompliant("encryption is weak")),
                "labels", observed(bucket("a"), version(2), "rev-1", Labels.NONE, Map.of(ENCRYPTION, FAIL)),
                "exposure", observed(bucket("a"), 2, Map.of(ENCRYPTION, FAIL, NETWORK, FAIL)));
        Map<String, Observation> notShown = Map.of(
                "catalogue", observed(bucket("a"), version(2), "rev-2", LABELS, Map.of(ENCRYPTION, FAIL)),
                "another control", observed(bucket("a"), 2, Map.of(ENCRYPTION, FAIL, new ControlId("DAT-02"), FAIL)));

        shown.forEach(
                (what, now) -> assertThat(next(Optional.of(state), now).marks().get(ENCRYPTION))
                        .as(what)
                        .isEqualTo(new Projected.Mark("NON_COMPLIANT", NOON.plusSeconds(1), version(2))));
        notShown.forEach(
                (what, now) -> assertThat(next(Optional.of(state), now).marks().get(ENCRYPTION))
                        .as(what)
                        .isEqualTo(new Projected.Mark("NON_COMPLIANT", NOON.plusSeconds(1), version(1))));
    }

    @Test
    void keepsTheTimeOfAFixUntilItIsConfirmed() {
        Projected fixed = next(Optional.of(first(judged(1, FAIL))), judged(2, PASS));
        Projected later = next(Optional.of(fixed), observed(bucket("a"), 9, Map.of(ENCRYPTION, PASS, NETWORK, PASS)));

        assertThat(later.marks())
                .containsEntry(ENCRYPTION, new Projected.Mark("FIXED", NOON.plusSeconds(2), version(2)));
        assertThat(later.confirm(NOON.plusSeconds(2)::isAfter)).isEqualTo(later);
        assertThat(later.confirm(NOON.plusSeconds(3)::isAfter).marks()).isEmpty();
    }

    @Test
    void asksForEvidenceOnlyWhenAControlStopsFailing() {
        Projected failing = first(judged(1, FAIL));
        List<Instant> asked = new ArrayList<>();

        Projected.advance(Optional.empty(), judged(1, PASS), Scope.MAIN, asked::add);
        Projected.advance(Optional.of(failing), judged(2, DOUBT), Scope.MAIN, asked::add);
        assertThat(asked).isEmpty();

        Projected confirmed = Projected.advance(Optional.of(failing), judged(2, PASS), Scope.MAIN, asked::add);
        assertThat(asked).containsExactly(NOON.plusSeconds(2));
        assertThat(confirmed.marks()).isEmpty();
    }

    @Test
    void confirmsNothingButFixes() {
        Projected state = first(judged(1, FAIL));

        assertThat(state.confirm(ignored -> true)).isEqualTo(state);
    }

    @Test
    void countsOnceForEachControlAndUnderEachFinding() {
        Projected state = first(observed(
                bucket("a"),
                version(1),
                "rev-1",
                Labels.NONE,
                Map.of(ENCRYPTION, FAIL, NETWORK, DOUBT, new ControlId("DAT-02"), PASS)));

        assertThat(state.counters())
                .hasSize(4)
                .allSatisfy((key, count) -> assertThat(count).isOne());
        assertThat(state.counters().keySet().stream().filter(RollupKey::hasFindings))
                .containsExactlyInAnyOrderElementsOf(
                        state.findings().stream().map(StoredFinding::bucket).toList());
    }

    @Test
    void isNothingForATombstone() {
        Projected state = next(Optional.of(first(judged(1, FAIL))), gone("a", 2));

        assertThat(state.counters()).isEmpty();
        assertThat(state.findings()).isEmpty();
        assertThat(state.words()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # second, facts, tenant, superseded: the state is of second 5
            4, other, main, false
            4, same,  main, false
            5, same,  main, false
            5, other, main, true
            6, same,  main, false
            6, other, main, true
            6, same,  moved, true
            4, other, moved, false
            """)
    void isSupersededByNewsOnly(int second, String facts, String tenant, boolean superseded) {
        Projected state = first(judged(5, FAIL));

        assertThat(state.isSupersededBy(judged(second, facts.equals("same") ? FAIL : PASS), tenant))
                .isEqualTo(superseded);
    }

    @Test
    void isNotBroughtBackByALiveObservationOfTheVersionAtWhichItWentAway() {
        Projected tombstone = first(gone("a", 5));

        assertThat(tombstone.isSupersededBy(judged(5, FAIL), Scope.MAIN)).isFalse();
        assertThat(tombstone.isSupersededBy(judged(6, FAIL), Scope.MAIN)).isTrue();
        assertThat(first(judged(5, FAIL)).isSupersededBy(gone("a", 5), Scope.MAIN))
                .isTrue();
    }
}
