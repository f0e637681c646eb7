package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.FOREIGN;
import static dev.demarc.record.Sample.NEIGHBOUR;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a rebuild reads of an account, and how it puts right what differs. */
public interface RebuildContract extends StoreContract {

    /** Reads page by page, three at a time. */
    private static <T> List<T> paged(Function<String, List<T>> page, Function<T, String> key) {
        List<T> all = new ArrayList<>();
        for (List<T> next = page.apply(""); !next.isEmpty(); next = page.apply(key.apply(all.getLast()))) {
            assertThat(next).hasSizeLessThanOrEqualTo(3);
            all.addAll(next);
        }
        return all;
    }

    @Test
    default void namesEveryAccountThatHasSomething() {
        store().record(passing("a", 1));
        project(observed(bucket(NEIGHBOUR, "a"), 1, Map.of(ENCRYPTION, PASS)));
        store().record(Observation.tombstone(bucket(FOREIGN, "a"), BUCKET, version(1)));

        assertThat(store().accounts()).containsExactlyInAnyOrder(ACCOUNT, NEIGHBOUR, FOREIGN);
    }

    @Test
    default void readsObservationsAndStatesOfOneAccountInTheOrderOfTheirKeys() {
        List<Observation> written = new ArrayList<>();
        for (String name : List.of("d", "a", "c", "b", "B", "a|b", "é")) {
            written.add(name.equals("c") ? gone(name, 1) : failing(name, 1));
            Observation beside = observed(bucket(NEIGHBOUR, name), 1, Map.of(ENCRYPTION, FAIL));
            store().record(beside);
            project(beside);
        }
        List<Projected> states = new ArrayList<>();
        for (Observation observation : written) {
            store().record(observation);
            states.add(project(observation));
        }
        written.sort(Comparator.comparing(observation -> observation.resource().key()));
        states.sort(Comparator.comparing(state -> state.resource().key()));

        assertThat(paged(
                        after -> store().observations(ACCOUNT, after, 3),
                        one -> one.resource().key()))
                .isEqualTo(written);
        assertThat(paged(
                        after -> store().projections(ACCOUNT, after, 3),
                        one -> one.resource().key()))
                .isEqualTo(states);
        assertThat(paged(after -> store().findingsOf(ACCOUNT, after, 3), StoredFinding::id))
                .isEqualTo(states.stream()
                        .flatMap(state -> state.findings().stream())
                        .toList());
    }

    @Test
    default void movesTheStampOfAnAccountWithEachOfItsProjections() {
        List<String> stamps = new ArrayList<>();
        stamps.add(store().countersOf(ACCOUNT).stamp());
        for (int i = 1; i <= 4; i++) {
            project(i % 2 == 1 ? failing("a", i) : passing("a", i));
            stamps.add(store().countersOf(ACCOUNT).stamp());
        }
        project(gone("a", 5));
        stamps.add(store().countersOf(ACCOUNT).stamp());

        assertThat(stamps).doesNotHaveDuplicates();

        project(observed(bucket(NEIGHBOUR, "a"), 1, Map.of(ENCRYPTION, FAIL)));
        store().record(failing("z", 1));

        assertThat(store().countersOf(ACCOUNT).stamp()).isEqualTo(stamps.getLast());
    }

    @Test
    default void countsOneAccount() {
        Projected own = project(failing("a", 1));
        project(observed(bucket(NEIGHBOUR, "a"), 1, Map.of(ENCRYPTION, FAIL)));

        assertThat(store().countersOf(ACCOUNT).counters()).isEqualTo(own.counters());
        assertThat(store().countersOf(FOREIGN).counters()).isEmpty();
    }

    /** A projection that leaves the findings and counters of a faulty release. */
    private Projected projectWrongly(Observation now) {
        Projected right = first(now);
        Projected stray = first(failing("stray", 1));
        Map<RollupKey, Long> counters = new HashMap<>(stray.counters());
        right.counters().forEach((key, count) -> counters.merge(key, count + 5, Long::sum));
        store().project(new Projection(
                Optional.empty(), right, stray.findings(), List.of(), counters, Optional.empty()));
        return right;
    }

    @Test
    default void putsAnAccountRight() {
        Projected right = projectWrongly(observed(bucket("a"), 1, Map.of(ENCRYPTION, DOUBT)));
        Projected beside = project(observed(bucket(NEIGHBOUR, "a"), 1, Map.of(ENCRYPTION, FAIL)));
        CentralStore.Counted wrong = store().countersOf(ACCOUNT);
        List<StoredFinding> stray = store().findingsOf(ACCOUNT, "", 10);
        assertThat(wrong.counters()).isNotEqualTo(right.counters());
        assertThat(stray).isNotEmpty().doesNotContainAnyElementsOf(right.findings());

        boolean repaired = store().repair(ACCOUNT, wrong.stamp(), stray, right.findings(), right.counters());

        assertThat(repaired).isTrue();
        assertThat(store().countersOf(ACCOUNT).counters()).isEqualTo(right.counters());
        assertThat(store().findingsOf(ACCOUNT, "", 10)).isEqualTo(right.findings());
        assertThat(store().findings(WHOLE, right.findings().getFirst().bucket(), "", 10))
                .isEqualTo(right.findings());
        assertThat(store().findings(WHOLE, stray.getFirst().bucket(), "", 10)).isEmpty();
        assertThat(store().countersOf(NEIGHBOUR).counters()).isEqualTo(beside.counters());
        assertThat(store().findingsOf(NEIGHBOUR, "", 10)).isEqualTo(beside.findings());
        assertThat(store().projected(bucket("a"))).contains(right);
    }

    @Test
    default void putsAFindingRightWhereItStands() {
        Projected right = first(failing("a", 1));
        Projected wrong = first(observed(bucket("a"), 1, Map.of(ENCRYPTION, DOUBT)));
        store().project(new Projection(
                Optional.empty(), right, wrong.findings(), List.of(), right.counters(), Optional.empty()));
        List<StoredFinding> stray = store().findingsOf(ACCOUNT, "", 10);
        assertThat(stray).extracting(StoredFinding::id).isEqualTo(ids(right));
        assertThat(stray).isNotEqualTo(right.findings());

        String stamp = store().countersOf(ACCOUNT).stamp();
        assertThat(store().repair(ACCOUNT, stamp, stray, right.findings(), right.counters()))
                .isTrue();

        assertThat(store().findingsOf(ACCOUNT, "", 10)).isEqualTo(right.findings());
    }

    private static List<String> ids(Projected projected) {
        return projected.findings().stream().map(StoredFinding::id).toList();
    }

    @Test
    default void changesNoCountersWhenTheAccountHasMovedOn() {
        Projected right = projectWrongly(observed(bucket("a"), 1, Map.of(ENCRYPTION, DOUBT)));
        CentralStore.Counted read = store().countersOf(ACCOUNT);
        project(passing("b", 1));
        Map<RollupKey, Long> now = store().countersOf(ACCOUNT).counters();

        boolean repaired = store().repair(ACCOUNT, read.stamp(), List.of(), right.findings(), right.counters());

        assertThat(repaired).isFalse();
        assertThat(store().countersOf(ACCOUNT).counters()).isEqualTo(now).isNotEqualTo(right.counters());
    }

    @Test
    default void putsAnAccountRightThatWasNeverProjected() {
        Projected right = first(failing("a", 1));
        CentralStore.Counted nothing = store().countersOf(ACCOUNT);

        assertThat(store().repair(ACCOUNT, nothing.stamp(), List.of(), right.findings(), right.counters()))
                .isTrue();

        assertThat(store().rollups(WHOLE)).isEqualTo(right.counters());
        assertThat(store().findingsOf(ACCOUNT, "", 10)).isEqualTo(right.findings());
    }

    @Test
    default void goesOnCountingFromTheCountersThatWerePutRight() {
        Projected right = projectWrongly(failing("a", 1));
        CentralStore.Counted wrong = store().countersOf(ACCOUNT);
        store().repair(ACCOUNT, wrong.stamp(), store().findingsOf(ACCOUNT, "", 10), right.findings(), right.counters());

        Projected fixed = project(passing("a", 2));

        assertThat(store().rollups(WHOLE)).isEqualTo(fixed.counters());
        assertThat(store().findingsOf(ACCOUNT, "", 10)).isEqualTo(fixed.findings());
    }
}
