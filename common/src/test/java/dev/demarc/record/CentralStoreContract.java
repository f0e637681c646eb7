package dev.demarc.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.ObservationStore.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every central store promises. A test class of an implementation says only how to make an empty store. */
public interface CentralStoreContract {
    ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    ServiceType QUEUE = new ServiceType("AWS::SQS::Queue");
    String ACCOUNT = "111122223333";
    Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    ControlId ENCRYPTION = new ControlId("DAT-01");
    ControlId PUBLIC_ACCESS = new ControlId("NET-02");

    /** The store of this test, empty at its start; the same one on each call. */
    CentralStore store();

    /** The changes that the feed delivers and were not asked for before. A store that pushes its feed overrides this. */
    default List<ObservationChange> changes() {
        List<ObservationChange> changes = new ArrayList<>();
        store().drain(changes::add);
        return changes;
    }

    @Test
    default void findsNothingInAnEmptyStore() {
        assertThat(store().observation(bucket("a"))).isEmpty();
        assertThat(store().projected(bucket("a"))).isEmpty();
        assertThat(store().findings("", 10)).isEmpty();
        assertThat(store().findingsOf(bucket("a"))).isEmpty();
        assertThat(store().rollups()).isEmpty();
        assertThat(store().feedEvidence()).isEmpty();
        assertThat(store().sweepEvidence()).isEmpty();
        assertThat(store().observationsOf(Provider.AWS, ACCOUNT, BUCKET)).isEmpty();
    }

    @Test
    default void givesBackTheObservationItRecorded() {
        Labels labels =
                new Labels(Optional.of(Labels.Level.HIGH), Optional.empty(), Optional.of("team \"blue\" \u2713"));
        TreeMap<ControlId, Verdict> verdicts = new TreeMap<>(Map.of(
                ENCRYPTION, new Verdict.Compliant(List.of("encryption.at-rest", "encryption.key")),
                PUBLIC_ACCESS, new Verdict.Unknown("network.public is missing")));
        Observation observation = new Observation(
                new ResourceId(
                        Provider.GCP, "project-1", "europe-west1", "storage.googleapis.com/Bucket", "//storage/b|c#d"),
                new ServiceType("storage.googleapis.com/Bucket"),
                new Version(NOON.plusNanos(7), 42),
                Observation.State.LIVE,
                "rev-1",
                labels,
                verdicts);

        Outcome outcome = store().record(observation);

        assertThat(outcome).isEqualTo(Outcome.RECORDED);
        assertThat(store().observation(observation.resource())).contains(observation);
    }

    @Test
    default void keepsTheNewestObservationWhenTheyArriveOutOfOrder() {
        Observation newest = failing("a", 3);

        assertThat(store().record(passing("a", 2))).isEqualTo(Outcome.RECORDED);
        assertThat(store().record(newest)).isEqualTo(Outcome.RECORDED);
        assertThat(store().record(passing("a", 1))).isEqualTo(Outcome.OLDER);
        assertThat(store().record(passing("a", 2))).isEqualTo(Outcome.OLDER);

        assertThat(store().observation(bucket("a"))).contains(newest);
    }

    @Test
    default void ordersByRankWhenTheTimesAreEqual() {
        Observation second = observation(bucket("a"), new Version(NOON, 10), "rev-1", new Verdict.NonCompliant("off"));

        store().record(second);

        assertThat(store().record(observation(
                        bucket("a"), new Version(NOON, 9), "rev-1", new Verdict.NonCompliant("on"))))
                .isEqualTo(Outcome.OLDER);
        assertThat(store().observation(bucket("a"))).contains(second);
    }

    @Test
    default void answersUnchangedForADuplicate() {
        store().record(passing("a", 1));

        assertThat(store().record(passing("a", 1))).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    default void recordsOtherFactsAtTheSameVersion() {
        Version version = version(1);
        Observation judgedAgain = observation(bucket("a"), version, "rev-2", new Verdict.NonCompliant("off"));

        store().record(observation(bucket("a"), version, "rev-1", new Verdict.NonCompliant("off")));

        assertThat(store().record(judgedAgain)).isEqualTo(Outcome.RECORDED);
        assertThat(store().observation(bucket("a"))).contains(judgedAgain);
        assertThat(store().record(observation(bucket("a"), version, "rev-2", new Verdict.Compliant(List.of()))))
                .isEqualTo(Outcome.RECORDED);
    }

    @Test
    default void letsATombstoneWinAtTheSameVersion() {
        Observation gone = Observation.tombstone(bucket("a"), BUCKET, version(1));
        store().record(passing("a", 1));

        assertThat(store().record(gone)).isEqualTo(Outcome.RECORDED);
        assertThat(store().record(gone)).isEqualTo(Outcome.UNCHANGED);
        assertThat(store().record(passing("a", 1))).isEqualTo(Outcome.OLDER);

        assertThat(store().observation(bucket("a"))).contains(gone);
    }

    @Test
    default void doesNotBringADeletedResourceBackByALateEvent() {
        Observation gone = Observation.tombstone(bucket("a"), BUCKET, version(5));
        store().record(gone);

        assertThat(store().record(passing("a", 4))).isEqualTo(Outcome.OLDER);
        assertThat(store().observation(bucket("a"))).contains(gone);
    }

    @Test
    default void recordsAResourceThatWasCreatedAgain() {
        store().record(Observation.tombstone(bucket("a"), BUCKET, version(5)));

        assertThat(store().record(passing("a", 6))).isEqualTo(Outcome.RECORDED);
        assertThat(store().observation(bucket("a"))).contains(passing("a", 6));
    }

    @Test
    default void keepsTheNewestWhenManyWriteAtOnce() throws Exception {
        int versions = 40;
        List<Callable<Outcome>> writes = new ArrayList<>();
        for (int i = 1; i <= versions; i++) {
            Observation observation = failing("a", i);
            writes.add(() -> store().record(observation));
        }
        Collections.shuffle(writes, new Random(7));

        List<Outcome> outcomes = atOnce(writes);

        assertThat(store().observation(bucket("a"))).contains(failing("a", versions));
        assertThat(outcomes).doesNotContain(Outcome.UNCHANGED);
        List<ObservationChange> changes = changes();
        assertThat(changes).hasSize(Collections.frequency(outcomes, Outcome.RECORDED));
        assertThat(changes.stream().map(change -> change.after().version())).isSorted();
    }

    @Test
    default void deliversEachAcceptedWriteOnceInOrderWithWhatWasThereBefore() {
        store().record(passing("a", 1));
        store().record(failing("a", 3));
        store().record(passing("a", 2));
        store().record(failing("a", 3));
        store().record(Observation.tombstone(bucket("a"), BUCKET, version(4)));

        List<ObservationChange> changes = changes();

        assertThat(changes.stream().map(ObservationChange::before))
                .containsExactly(Optional.empty(), Optional.of(passing("a", 1)), Optional.of(failing("a", 3)));
        assertThat(changes.stream().map(ObservationChange::after))
                .containsExactly(
                        passing("a", 1), failing("a", 3), Observation.tombstone(bucket("a"), BUCKET, version(4)));
        assertThat(changes.stream().map(ObservationChange::sequence)).doesNotHaveDuplicates();
        assertThat(changes()).isEmpty();
    }

    @Test
    default void deliversAgainWhatAConsumerDidNotFinish() {
        store().record(passing("a", 1));
        store().record(passing("b", 1));
        store().record(passing("c", 1));
        List<Observation> finished = new ArrayList<>();

        try {
            store().drain(change -> {
                if (finished.size() == 1) {
                    throw new IllegalStateException("the consumer fails in the middle");
                }
                finished.add(change.after());
            });
        } catch (IllegalStateException expected) {
            assertThat(finished).containsExactly(passing("a", 1));
        }

        assertThat(changes().stream().map(ObservationChange::after)).contains(passing("b", 1), passing("c", 1));
    }

    @Test
    default void deliversWhatIsRecordedWhileTheFeedIsRead() {
        store().record(passing("a", 1));
        changes();

        store().record(passing("a", 2));

        assertThat(changes())
                .extracting(ObservationChange::before, ObservationChange::after)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Optional.of(passing("a", 1)), passing("a", 2)));
    }

    @Test
    default void projectsOnlyOnce() {
        Observation now = failing("a", 1);
        Projection projection =
                projection(now, List.of(finding(now, ENCRYPTION)), List.of(), Map.of(counter("NON_COMPLIANT"), 1L));

        boolean first = store().project(Optional.empty(), now, projection);
        boolean second = store().project(Optional.empty(), now, projection);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(store().projected(bucket("a"))).contains(now);
        assertThat(store().rollups()).containsExactly(entry(counter("NON_COMPLIANT"), 1L));
        assertThat(store().findingsOf(bucket("a"))).containsExactly(finding(now, ENCRYPTION));
    }

    @Test
    default void changesNothingWhenAnotherProjectorWasFaster() {
        Observation first = failing("a", 1);
        Observation second = passing("a", 2);
        project(
                Optional.empty(),
                first,
                List.of(finding(first, ENCRYPTION)),
                List.of(),
                Map.of(counter("NON_COMPLIANT"), 1L));

        boolean applied = store().project(
                        Optional.of(failing("a", 9)),
                        second,
                        projection(
                                second,
                                List.of(),
                                List.of(finding(first, ENCRYPTION).id()),
                                Map.of(counter("NON_COMPLIANT"), -1L)));

        assertThat(applied).isFalse();
        assertThat(store().projected(bucket("a"))).contains(first);
        assertThat(store().findings("", 10)).containsExactly(finding(first, ENCRYPTION));
        assertThat(store().rollups()).containsExactly(entry(counter("NON_COMPLIANT"), 1L));
    }

    @Test
    default void appliesOneOfManyProjectionsOfTheSameChange() throws Exception {
        Observation now = failing("a", 1);
        Projection projection =
                projection(now, List.of(finding(now, ENCRYPTION)), List.of(), Map.of(counter("NON_COMPLIANT"), 1L));
        List<Callable<Boolean>> projections =
                Collections.nCopies(8, () -> store().project(Optional.empty(), now, projection));

        List<Boolean> applied = atOnce(projections);

        assertThat(Collections.frequency(applied, true)).isOne();
        assertThat(store().rollups()).containsExactly(entry(counter("NON_COMPLIANT"), 1L));
    }

    @Test
    default void countsEveryResourceWhenManyAreProjectedAtOnce() throws Exception {
        List<Callable<Boolean>> projections = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Observation now = failing("bucket-" + i, 1);
            projections.add(() -> store().project(
                            Optional.empty(),
                            now,
                            projection(now, List.of(), List.of(), Map.of(counter("NON_COMPLIANT"), 1L))));
        }

        assertThat(atOnce(projections)).containsOnly(true);

        assertThat(store().rollups()).containsExactly(entry(counter("NON_COMPLIANT"), 20L));
    }

    @Test
    default void replacesAndClosesFindings() {
        Observation first = failing("a", 1);
        Observation second = failing("a", 2);
        StoredFinding open = finding(first, ENCRYPTION);
        StoredFinding closed = finding(first, PUBLIC_ACCESS);
        StoredFinding again = finding(second, ENCRYPTION);
        project(Optional.empty(), first, List.of(open, closed), List.of(), Map.of());

        project(Optional.of(first), second, List.of(again), List.of(closed.id()), Map.of());

        assertThat(store().findings("", 10)).containsExactly(again);
        assertThat(store().findingsOf(bucket("a"))).containsExactly(again);
    }

    @Test
    default void pagesThroughFindingsInTheOrderOfTheirIds() {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("d", "a", "c", "b", "e", "a|A")) {
            Observation now = failing(name, 1);
            StoredFinding one = finding(now, ENCRYPTION);
            StoredFinding two = finding(now, PUBLIC_ACCESS);
            ids.addAll(List.of(one.id(), two.id()));
            project(Optional.empty(), now, List.of(two, one), List.of(), Map.of());
        }
        Collections.sort(ids);

        List<String> paged = new ArrayList<>();
        String after = "";
        List<StoredFinding> page;
        do {
            page = store().findings(after, 5);
            page.forEach(finding -> paged.add(finding.id()));
            after = paged.getLast();
        } while (page.size() == 5);

        assertThat(paged).isEqualTo(ids);
    }

    @Test
    default void givesTheFindingsOfOneResourceOnly() {
        for (String name : List.of("a", "a|b", "ab")) {
            Observation now = failing(name, 1);
            project(Optional.empty(), now, List.of(finding(now, ENCRYPTION)), List.of(), Map.of());
        }

        assertThat(store().findingsOf(bucket("a"))).containsExactly(finding(failing("a", 1), ENCRYPTION));
    }

    @Test
    default void keepsFindingsOfResourcesWithVeryLongIds() {
        Observation now = failing("x".repeat(1500), 1);
        project(Optional.empty(), now, List.of(finding(now, ENCRYPTION)), List.of(), Map.of());

        assertThat(store().record(now)).isEqualTo(Outcome.RECORDED);
        assertThat(store().record(now)).isEqualTo(Outcome.UNCHANGED);
        assertThat(store().findingsOf(now.resource())).containsExactly(finding(now, ENCRYPTION));
        assertThat(store().findings("", 10)).containsExactly(finding(now, ENCRYPTION));
        assertThat(store().findings(finding(now, ENCRYPTION).id(), 10)).isEmpty();
    }

    @Test
    default void addsToCountersAndForgetsThoseThatReachZero() {
        Observation first = failing("a", 1);
        Observation other = failing("b", 1);
        Observation second = passing("a", 2);
        project(Optional.empty(), first, List.of(), List.of(), Map.of(counter("NON_COMPLIANT"), 1L));
        project(Optional.empty(), other, List.of(), List.of(), Map.of(counter("NON_COMPLIANT"), 1L));

        project(
                Optional.of(first),
                second,
                List.of(),
                List.of(),
                Map.of(counter("NON_COMPLIANT"), -1L, counter("COMPLIANT"), 1L));

        assertThat(store().rollups())
                .containsOnly(entry(counter("NON_COMPLIANT"), 1L), entry(counter("COMPLIANT"), 1L));

        Observation gone = Observation.tombstone(bucket("b"), BUCKET, version(2));
        project(Optional.of(other), gone, List.of(), List.of(), Map.of(counter("NON_COMPLIANT"), -1L));

        assertThat(store().rollups()).containsOnly(entry(counter("COMPLIANT"), 1L));
    }

    @Test
    default void neverMovesFeedEvidenceBack() {
        store().putFeedEvidence(new FeedEvidence(Provider.AWS, ACCOUNT, BUCKET, NOON));
        store().putFeedEvidence(new FeedEvidence(Provider.AWS, ACCOUNT, QUEUE, NOON));
        store().putFeedEvidence(new FeedEvidence(Provider.AWS, ACCOUNT, BUCKET, NOON.plusMillis(1)));
        store().putFeedEvidence(new FeedEvidence(Provider.AWS, ACCOUNT, BUCKET, NOON.minusSeconds(60)));

        assertThat(store().feedEvidence())
                .containsExactlyInAnyOrder(
                        new FeedEvidence(Provider.AWS, ACCOUNT, BUCKET, NOON.plusMillis(1)),
                        new FeedEvidence(Provider.AWS, ACCOUNT, QUEUE, NOON));
    }

    @Test
    default void keepsTheNewestSweepEvidenceOfEachAccountAndServiceType() {
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON.plusSeconds(60), false));
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON, true));
        store().putSweepEvidence(sweep(ACCOUNT, QUEUE, NOON, true));
        store().putSweepEvidence(sweep("444455556666", BUCKET, NOON, true));
        store().putSweepEvidence(sweep(ACCOUNT, QUEUE, NOON.plusSeconds(5), true));

        assertThat(store().sweepEvidence())
                .containsExactlyInAnyOrder(
                        sweep(ACCOUNT, BUCKET, NOON.plusSeconds(60), false),
                        sweep(ACCOUNT, QUEUE, NOON.plusSeconds(5), true),
                        sweep("444455556666", BUCKET, NOON, true));
    }

    @Test
    default void listsTheLiveObservationsOfOneAccountAndServiceType() {
        ResourceId elsewhere = new ResourceId(Provider.AWS, "444455556666", "eu-west-1", BUCKET.name(), "a");
        ResourceId queue = new ResourceId(Provider.AWS, ACCOUNT, "eu-west-1", QUEUE.name(), "q");
        store().record(passing("a", 1));
        store().record(failing("b", 1));
        store().record(passing("gone", 1));
        store().record(Observation.tombstone(bucket("gone"), BUCKET, version(2)));
        store().record(observation(elsewhere, version(1), "rev-1", new Verdict.NonCompliant("off")));
        store().record(new Observation(
                queue, QUEUE, version(1), Observation.State.LIVE, "rev-1", Labels.NONE, new TreeMap<>()));

        assertThat(store().observationsOf(Provider.AWS, ACCOUNT, BUCKET))
                .containsExactlyInAnyOrder(passing("a", 1), failing("b", 1));
    }

    static ResourceId bucket(String name) {
        return new ResourceId(Provider.AWS, ACCOUNT, "eu-west-1", BUCKET.name(), name);
    }

    static Version version(int second) {
        return new Version(NOON.plusSeconds(second), 0);
    }

    static Observation passing(String name, int second) {
        return observation(
                bucket(name), version(second), "rev-1", new Verdict.Compliant(List.of("encryption.at-rest")));
    }

    static Observation failing(String name, int second) {
        return observation(bucket(name), version(second), "rev-1", new Verdict.NonCompliant("encryption is off"));
    }

    static Observation observation(ResourceId resource, Version version, String revision, Verdict verdict) {
        return new Observation(
                resource,
                BUCKET,
                version,
                Observation.State.LIVE,
                revision,
                Labels.NONE,
                new TreeMap<>(Map.of(ENCRYPTION, verdict)));
    }

    static StoredFinding finding(Observation observation, ControlId control) {
        return new StoredFinding(
                observation.resource(),
                observation.serviceType(),
                control,
                "NON_COMPLIANT",
                "encryption is off",
                observation.version(),
                NOON,
                new Labels(Optional.empty(), Optional.of(Labels.Level.LOW), Optional.of("blue")));
    }

    static RollupKey counter(String verdict) {
        return new RollupKey(Provider.AWS, ACCOUNT, BUCKET, ENCRYPTION.value(), verdict);
    }

    static SweepEvidence sweep(String account, ServiceType serviceType, Instant finishedAt, boolean complete) {
        return new SweepEvidence(
                Provider.AWS, account, serviceType, finishedAt.minusSeconds(30), finishedAt, complete, 12, 11, 1);
    }

    static Projection projection(
            Observation now, List<StoredFinding> upserts, List<String> closed, Map<RollupKey, Long> deltas) {
        return new Projection(now.resource(), now.version(), now.catalogueRevision(), upserts, closed, deltas);
    }

    /** Projects, and expects that it is applied. */
    private void project(
            Optional<Observation> expected,
            Observation now,
            List<StoredFinding> upserts,
            List<String> closed,
            Map<RollupKey, Long> deltas) {
        assertThat(store().project(expected, now, projection(now, upserts, closed, deltas)))
                .isTrue();
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
