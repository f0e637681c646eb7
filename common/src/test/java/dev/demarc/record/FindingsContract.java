package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.FOREIGN;
import static dev.demarc.record.Sample.LABELS;
import static dev.demarc.record.Sample.NEIGHBOUR;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
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

import dev.demarc.model.AccountId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Version;
import dev.demarc.record.ScopedReads.AgeMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Findings lie under the counter that counts them, and in the order of their age. */
public interface FindingsContract extends StoreContract {

    private static Observation labelled(String name, int second, Labels labels) {
        return observed(bucket(name), version(second), "rev-1", labels, Map.of(ENCRYPTION, FAIL));
    }

    private static StoredFinding encryption(Projected state) {
        return state.findings().stream()
                .filter(finding -> finding.control().equals(ENCRYPTION))
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void givesTheFindingsUnderEachCounterAsManyAsItCounts() {
        project(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, FAIL)));
        project(observed(bucket("b"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, DOUBT)));
        project(observed(bucket("c"), 1, Map.of(ENCRYPTION, FAIL)));
        project(observed(bucket(NEIGHBOUR, "a"), 1, Map.of(ENCRYPTION, FAIL)));
        project(observed(bucket("d"), version(1), "rev-1", Labels.NONE, Map.of(ENCRYPTION, FAIL)));
        project(failing("e", 1));
        project(passing("e", 2));
        long found = 0;

        for (Map.Entry<RollupKey, Long> counter : store().rollups(WHOLE).entrySet()) {
            List<StoredFinding> findings = store().findings(WHOLE, counter.getKey(), "", 100);
            if (counter.getKey().hasFindings()) {
                assertThat(findings).hasSize((int) (long) counter.getValue());
                assertThat(findings).extracting(StoredFinding::bucket).containsOnly(counter.getKey());
            } else {
                assertThat(findings).isEmpty();
            }
            found += findings.size();
        }

        assertThat(found).isEqualTo(9);
    }

    @Test
    default void pagesThroughTheFindingsUnderACounterInTheOrderOfTheirIds() {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("d", "a", "c", "b", "e", "a|A", "B", "é")) {
            ids.add(encryption(project(failing(name, 1))).id());
            project(observed(bucket(NEIGHBOUR, name), 1, Map.of(ENCRYPTION, FAIL)));
        }
        Collections.sort(ids);
        RollupKey bucket = encryption(first(failing("a", 1))).bucket();

        List<String> paged = new ArrayList<>();
        List<StoredFinding> page = store().findings(WHOLE, bucket, "", 3);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            page.forEach(finding -> paged.add(finding.id()));
            page = store().findings(WHOLE, bucket, paged.getLast(), 3);
        }

        assertThat(paged).isEqualTo(ids);
    }

    @Test
    default void goesOnAfterAFindingThatIsNoLongerThere() {
        for (String name : List.of("a", "b", "c")) {
            project(failing(name, 1));
        }
        StoredFinding middle = encryption(first(failing("b", 1)));
        project(gone("b", 2));

        assertThat(store().findings(WHOLE, middle.bucket(), middle.id(), 10))
                .extracting(StoredFinding::resource)
                .containsExactly(bucket("c"));
    }

    @Test
    default void movesAFindingWhenItsLabelsChange() {
        StoredFinding before = encryption(project(labelled("a", 1, LABELS)));
        Labels relabelled = new Labels(Optional.of(Labels.Level.LOW), LABELS.criticality(), LABELS.owner());

        StoredFinding after = encryption(project(labelled("a", 2, relabelled)));

        assertMoved(before, after);
    }

    @Test
    default void movesAFindingWhenItsResourceIsExposed() {
        StoredFinding before = encryption(project(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, PASS))));

        StoredFinding after = encryption(project(observed(bucket("a"), 2, Map.of(ENCRYPTION, FAIL, NETWORK, FAIL))));

        assertThat(after.exposed()).isTrue();
        assertMoved(before, after);
    }

    @Test
    default void movesAFindingWhenItIsFixed() {
        StoredFinding before = encryption(project(failing("a", 1)));

        assertMoved(before, encryption(project(passing("a", 2))));
    }

    private void assertMoved(StoredFinding before, StoredFinding after) {
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.bucket()).isNotEqualTo(before.bucket());
        assertThat(store().findings(WHOLE, before.bucket(), "", 10)).isEmpty();
        assertThat(store().findings(WHOLE, after.bucket(), "", 10)).containsExactly(after);
        assertThat(store().findingsByAge(WHOLE, AgeMark.START, 10))
                .containsOnlyOnce(after)
                .doesNotContain(before);
        assertThat(store().findingsOf(after.account(), "", 10))
                .containsOnlyOnce(after)
                .doesNotContain(before);
    }

    @Test
    default void rewritesAFindingThatStaysUnderItsCounter() {
        project(labelled("a", 1, LABELS));
        Labels otherOwner = new Labels(LABELS.sensitivity(), LABELS.criticality(), Optional.of("green"));

        StoredFinding after = encryption(project(labelled("a", 2, otherOwner)));

        assertThat(store().findings(WHOLE, after.bucket(), "", 10)).containsExactly(after);
        assertThat(store().findingsByAge(WHOLE, AgeMark.START, 10)).containsExactly(after);
    }

    @Test
    default void pagesThroughFindingsTheOldestFirst() {
        // A fraction of a second sorts after the whole second, and equal times sort by id.
        List<Instant> times = List.of(
                NOON, NOON.plusMillis(500), NOON, NOON.plusSeconds(1), NOON.minusNanos(1), NOON.plusNanos(1), NOON);
        List<StoredFinding> expected = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            AccountId account = i % 2 == 0 ? ACCOUNT : NEIGHBOUR;
            expected.add(encryption(project(observed(
                    bucket(account, "b" + (9 - i)),
                    new Version(times.get(i), i),
                    "rev-1",
                    LABELS,
                    Map.of(ENCRYPTION, i % 3 == 0 ? DOUBT : FAIL)))));
        }
        project(observed(bucket(FOREIGN, "x"), 0, Map.of(ENCRYPTION, FAIL)));
        expected.sort(Comparator.comparing(StoredFinding::since).thenComparing(StoredFinding::id));

        for (int size : List.of(1, 2, 3, 7, 10)) {
            assertThat(byAge(WHOLE, size)).isEqualTo(expected);
        }
        assertThat(byAge(Scope.operator(Scope.MAIN, NEIGHBOUR), 2))
                .isEqualTo(expected.stream()
                        .filter(finding -> finding.account().equals(NEIGHBOUR))
                        .toList());
    }

    private List<StoredFinding> byAge(Scope scope, int size) {
        List<StoredFinding> paged = new ArrayList<>();
        List<StoredFinding> page = store().findingsByAge(scope, AgeMark.START, size);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            paged.addAll(page);
            AgeMark mark = new AgeMark(paged.getLast().since(), paged.getLast().id());
            page = store().findingsByAge(scope, mark, size);
        }
        return paged;
    }
}
