package dev.demarc.record;

import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.LABELS;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.next;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.step;
import static dev.demarc.record.Sample.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static Projection from(Observation before, Observation now) {
        Projected first = first(before);
        return step(Optional.of(first), next(Optional.of(first), now));
    }

    @Test
    void beginsWithEverything() {
        Projected state = first(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, PASS)));

        Projection projection = step(Optional.empty(), state);

        assertThat(projection.upserts()).isEqualTo(state.findings());
        assertThat(projection.removed()).isEmpty();
        assertThat(projection.deltas()).isEqualTo(state.counters());
        assertThat(projection.resource()).isEqualTo(bucket("a"));
    }

    @Test
    void writesNothingAboutWhatStaysAsItWas() {
        Projection projection = from(
                observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, new ControlId("DAT-02"), FAIL)),
                observed(bucket("a"), 2, Map.of(ENCRYPTION, FAIL, new ControlId("DAT-02"), DOUBT)));

        assertThat(projection.upserts()).extracting(StoredFinding::control).containsExactly(new ControlId("DAT-02"));
        assertThat(projection.deltas()).hasSize(2);
        assertThat(projection.deltas().values()).containsExactlyInAnyOrder(1L, -1L);
    }

    @Test
    void takesAFindingThatMovesFromWhereItWas() {
        Projection projection = from(failing("a", 1), passing("a", 2));

        assertThat(projection.upserts()).extracting(StoredFinding::verdict).containsExactly("FIXED");
        assertThat(projection.removed()).extracting(StoredFinding::verdict).containsExactly("NON_COMPLIANT");
        assertThat(projection.upserts().getFirst().id())
                .isEqualTo(projection.removed().getFirst().id());
    }

    @Test
    void rewritesAFindingInItsPlace() {
        Projection projection =
                from(failing("a", 1), observed(bucket("a"), 2, Map.of(ENCRYPTION, new Verdict.NonCompliant("weak"))));

        assertThat(projection.upserts()).extracting(StoredFinding::reason).containsExactly("weak");
        assertThat(projection.removed()).isEmpty();
        assertThat(projection.deltas()).isEmpty();
        assertThat(projection.history()).isEmpty();
    }

    @Test
    void takesEverythingOfADeletedResource() {
        Projection projection = from(failing("a", 1), gone("a", 2));

        assertThat(projection.upserts()).isEmpty();
        assertThat(projection.removed()).isEqualTo(first(failing("a", 1)).findings());
        assertThat(projection.deltas().values()).containsOnly(-1L);
    }

    @Test
    void addsUpToTheCountersOfTheLastStateOverAnyLife() {
        Random random = new Random(5);
        List<Verdict> verdicts = List.of(PASS, FAIL, DOUBT);
        Map<RollupKey, Long> sum = new HashMap<>();
        Map<String, StoredFinding> kept = new HashMap<>();
        Optional<Projected> before = Optional.empty();
        for (int second = 1; second <= 200; second++) {
            Observation now = random.nextInt(10) == 0
                    ? gone("a", second)
                    : observed(
                            bucket("a"),
                            version(second),
                            "rev-1",
                            random.nextBoolean() ? LABELS : Labels.NONE,
                            Map.of(
                                    ENCRYPTION,
                                    verdicts.get(random.nextInt(3)),
                                    NETWORK,
                                    verdicts.get(random.nextInt(3))));
            Projected state = next(before, now);

            Projection projection = step(before, state);

            projection.removed().forEach(finding -> kept.remove(finding.id()));
            projection.upserts().forEach(finding -> kept.put(finding.id(), finding));
            projection.deltas().forEach((key, delta) -> sum.merge(key, delta, Long::sum));
            sum.values().removeIf(count -> count == 0);
            assertThat(sum).isEqualTo(state.counters());
            assertThat(kept.values()).containsExactlyInAnyOrderElementsOf(state.findings());
            before = Optional.of(state);
        }
    }
}
