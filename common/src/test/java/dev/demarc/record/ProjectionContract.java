package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.AWAY;
import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.next;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A projection is applied whole, once, and only on the state that it was made from. */
public interface ProjectionContract extends StoreContract {

    /** All that a projection may change. */
    record Derived(
            Optional<Projected> state,
            Map<RollupKey, Long> counters,
            List<StoredFinding> findings,
            List<HistoryEntry> history) {}

    /** What the store holds of a resource, and of its account. */
    default Derived derived(ResourceId resource) {
        return new Derived(
                store().projected(resource),
                store().rollups(WHOLE),
                store().findingsOf(AccountId.of(resource), "", 100),
                store().history(WHOLE, resource, "", 100));
    }

    private static Derived of(Projected state, Projection... steps) {
        List<HistoryEntry> history = new ArrayList<>();
        for (Projection step : steps) {
            step.history().ifPresent(history::addFirst);
        }
        return new Derived(Optional.of(state), state.counters(), state.findings(), history);
    }

    @Test
    default void appliesStateFindingsCountersAndHistoryTogether() {
        Projected state = first(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, DOUBT)));
        Projection step = step(Optional.empty(), state);

        assertThat(store().project(step)).isTrue();

        assertThat(derived(bucket("a"))).isEqualTo(of(state, step));
        assertThat(state.findings()).hasSize(2);
    }

    @Test
    default void appliesAProjectionOnlyOnce() {
        Projected state = first(failing("a", 1));
        Projection step = step(Optional.empty(), state);

        assertThat(store().project(step)).isTrue();
        assertThat(store().project(step)).isFalse();

        assertThat(derived(bucket("a"))).isEqualTo(of(state, step));
    }

    @Test
    default void changesNothingWhenTheStateIsNotTheExpectedOne() {
        Projected state = project(failing("a", 1));
        Derived before = derived(bucket("a"));
        Projected imagined = next(Optional.of(state), failing("a", 9));
        Projected later = next(Optional.of(imagined), passing("a", 10));

        assertThat(store().project(step(Optional.of(imagined), later))).isFalse();
        assertThat(store().project(step(Optional.empty(), later))).isFalse();

        assertThat(derived(bucket("a"))).isEqualTo(before);
    }

    @Test
    default void changesNothingForAResourceThatIsExpectedAndWasNeverProjected() {
        Projected imagined = first(failing("a", 1));

        assertThat(store().project(step(Optional.of(imagined), next(Optional.of(imagined), passing("a", 2)))))
                .isFalse();

        assertThat(derived(bucket("a"))).isEqualTo(new Derived(Optional.empty(), Map.of(), List.of(), List.of()));
    }

    @Test
    default void tellsStatesApartThatDifferInTheirMarksOnly() {
        project(failing("a", 1));
        Projected fixed = project(passing("a", 2));
        Projected confirmed = fixed.confirm(ignored -> true);
        Instant sweep = NOON.plusSeconds(60);
        assertThat(confirmed).isNotEqualTo(fixed);

        assertThat(store().project(Projection.between(Optional.of(fixed), confirmed, Optional.of(sweep))))
                .isTrue();

        assertThat(store().project(step(Optional.of(fixed), next(Optional.of(fixed), failing("a", 3)))))
                .isFalse();
        assertThat(store().projected(bucket("a"))).contains(confirmed);
        assertThat(store().findingsOf(ACCOUNT, "", 10)).isEmpty();
    }

    @Test
    default void followsAResourceThroughItsLife() {
        Observation other = failing("b", 1);
        Projected beside = project(other);
        List<Observation> life = List.of(
                observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, FAIL)),
                observed(bucket("a"), 2, Map.of(ENCRYPTION, DOUBT, NETWORK, FAIL)),
                observed(bucket("a"), 3, Map.of(ENCRYPTION, PASS, NETWORK, PASS)),
                observed(bucket("a"), 4, Map.of(ENCRYPTION, FAIL)),
                observed(bucket("a"), 5, Map.of(ENCRYPTION, AWAY)),
                passing("a", 6),
                observed(bucket("a"), 7, Map.of(ENCRYPTION, AWAY)),
                observed(bucket("a"), 8, Map.of(ENCRYPTION, AWAY, NETWORK, FAIL)),
                gone("a", 9),
                passing("a", 10));

        for (Observation now : life) {
            Projected state = project(now);

            Map<RollupKey, Long> counters = new HashMap<>(state.counters());
            beside.counters().forEach((key, count) -> counters.merge(key, count, Long::sum));
            List<StoredFinding> findings = new ArrayList<>(state.findings());
            findings.addAll(beside.findings());
            assertThat(store().projected(bucket("a"))).contains(state);
            assertThat(store().rollups(WHOLE)).isEqualTo(counters);
            assertThat(store().findingsOf(ACCOUNT, "", 10)).isEqualTo(findings);
        }
    }

    /** A store that kept only what has a finding would take the second of these for one that never failed. */
    @Test
    default void keepsThatAControlFailedWhileItDoesNotApply() {
        project(failing("a", 1));
        project(observed(bucket("a"), 2, Map.of(ENCRYPTION, AWAY)));
        project(passing("b", 1));
        project(observed(bucket("b"), 2, Map.of(ENCRYPTION, AWAY)));
        assertThat(store().findingsOf(ACCOUNT, "", 10)).isEmpty();

        project(passing("a", 3));
        project(passing("b", 3));

        assertThat(store().findingsOf(ACCOUNT, "", 10))
                .extracting(StoredFinding::resource, StoredFinding::verdict)
                .containsExactly(tuple(bucket("a"), "FIXED"));
        assertThat(store().projected(bucket("b")).orElseThrow().marks()).isEmpty();
    }

    @Test
    default void forgetsCountersThatReachZero() {
        project(failing("a", 1));
        project(failing("b", 1));
        Map<RollupKey, Long> both = store().rollups(WHOLE);

        project(gone("a", 2));
        Map<RollupKey, Long> one = store().rollups(WHOLE);
        project(gone("b", 2));

        assertThat(both.values()).containsOnly(2L);
        assertThat(one.keySet()).isEqualTo(both.keySet());
        assertThat(one.values()).containsOnly(1L);
        assertThat(store().rollups(WHOLE)).isEmpty();
    }
}
