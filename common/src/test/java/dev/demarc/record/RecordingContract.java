package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.LABELS;
import static dev.demarc.record.Sample.NEIGHBOUR;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.QUEUE;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.ControlId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.record.ObservationStore.Outcome;
import dev.demarc.record.ScopedReads.AgeMark;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One conditional write on the version of the resource; a tombstone remembers a deleted one. */
public interface RecordingContract extends StoreContract {

    @Test
    default void findsNothingInAnEmptyStore() {
        CentralStore store = store();

        assertThat(store.observation(bucket("a"))).isEmpty();
        assertThat(store.observation(WHOLE, bucket("a"))).isEmpty();
        assertThat(store.projected(bucket("a"))).isEmpty();
        assertThat(store.projected(WHOLE, bucket("a"))).isEmpty();
        assertThat(store.rollups(WHOLE)).isEmpty();
        assertThat(store.findingsByAge(WHOLE, AgeMark.START, 10)).isEmpty();
        assertThat(store.history(WHOLE, bucket("a"), "", 10)).isEmpty();
        assertThat(store.feedEvidence(WHOLE)).isEmpty();
        assertThat(store.sweepEvidence(WHOLE)).isEmpty();
        assertThat(store.completeSweep(Provider.AWS, ACCOUNT.account(), BUCKET)).isEmpty();
        assertThat(store.poison(WHOLE, 10)).isEmpty();
        assertThat(store.observationsOf(Provider.AWS, ACCOUNT.account(), BUCKET))
                .isEmpty();
        assertThat(store.accounts()).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    default void givesBackTheObservationItRecorded() {
        TreeMap<ControlId, Verdict> verdicts = new TreeMap<>(Map.of(
                ENCRYPTION,
                PASS,
                NETWORK,
                new Verdict.Unknown("network.public is missing"),
                new ControlId("DAT-02"),
                new Verdict.NotApplicable("holds no data")));
        Observation observation = new Observation(
                new ResourceId(
                        Provider.GCP, "project-1", "europe-west1", "storage.googleapis.com/Bucket", "//storage/b|c#d"),
                new ServiceType("storage.googleapis.com/Bucket"),
                new Version(NOON.plusNanos(7), 42),
                Observation.State.LIVE,
                "rev-1",
                LABELS,
                verdicts);

        Outcome outcome = store().record(observation);

        assertThat(outcome).isEqualTo(Outcome.RECORDED);
        assertThat(store().observation(observation.resource())).contains(observation);
        assertThat(store().observation(WHOLE, observation.resource())).contains(observation);
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
        Observation second = observed(bucket("a"), new Version(NOON, 10), "rev-1", LABELS, Map.of(ENCRYPTION, FAIL));
        Observation first = observed(bucket("a"), new Version(NOON, 9), "rev-1", LABELS, Map.of(ENCRYPTION, PASS));

        store().record(second);

        assertThat(store().record(first)).isEqualTo(Outcome.OLDER);
        assertThat(store().observation(bucket("a"))).contains(second);
    }

    @Test
    default void ordersByFractionsOfASecond() {
        Observation half =
                observed(bucket("a"), new Version(NOON.plusMillis(500), 0), "rev-1", LABELS, Map.of(ENCRYPTION, FAIL));

        store().record(passing("a", 0));

        assertThat(store().record(half)).isEqualTo(Outcome.RECORDED);
        assertThat(store().record(passing("a", 0))).isEqualTo(Outcome.OLDER);
        assertThat(store().record(passing("a", 1))).isEqualTo(Outcome.RECORDED);
    }

    @Test
    default void writesAVersionThatBringsTheSameFacts() {
        store().record(passing("a", 1));

        assertThat(store().record(passing("a", 2))).isEqualTo(Outcome.RECORDED);
        assertThat(store().record(failing("a", 1))).isEqualTo(Outcome.OLDER);
    }

    @Test
    default void answersUnchangedForADuplicate() {
        store().record(passing("a", 1));

        assertThat(store().record(passing("a", 1))).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    default void answersUnchangedForADuplicateThatReadElementsOfAList() {
        Verdict basis = new Verdict.Compliant(List.of("rules[0].port", "rules[1].port"));
        Observation read = observed(bucket("a"), 1, Map.of(ENCRYPTION, basis));
        store().record(read);

        assertThat(store().record(read)).isEqualTo(Outcome.UNCHANGED);
        assertThat(changes()).hasSize(1);
    }

    @Test
    default void recordsOtherFactsAtTheSameVersion() {
        Observation judgedAgain = observed(bucket("a"), version(1), "rev-2", LABELS, Map.of(ENCRYPTION, FAIL));
        Observation judgedOtherwise = observed(bucket("a"), version(1), "rev-2", LABELS, Map.of(ENCRYPTION, PASS));

        store().record(failing("a", 1));

        assertThat(store().record(judgedAgain)).isEqualTo(Outcome.RECORDED);
        assertThat(store().observation(bucket("a"))).contains(judgedAgain);
        assertThat(store().record(judgedOtherwise)).isEqualTo(Outcome.RECORDED);
        assertThat(store().record(judgedOtherwise)).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    default void refusesALaterCatalogueOnAnOlderVersion() {
        store().record(passing("a", 2));

        assertThat(store().record(observed(bucket("a"), version(1), "rev-2", LABELS, Map.of(ENCRYPTION, FAIL))))
                .isEqualTo(Outcome.OLDER);
        assertThat(store().observation(bucket("a"))).contains(passing("a", 2));
    }

    @Test
    default void letsATombstoneWinAtTheSameVersion() {
        store().record(passing("a", 1));

        assertThat(store().record(gone("a", 1))).isEqualTo(Outcome.RECORDED);
        assertThat(store().record(gone("a", 1))).isEqualTo(Outcome.UNCHANGED);
        assertThat(store().record(passing("a", 1))).isEqualTo(Outcome.OLDER);

        assertThat(store().observation(bucket("a"))).contains(gone("a", 1));
    }

    @Test
    default void doesNotBringADeletedResourceBackByALateEvent() {
        store().record(gone("a", 5));

        assertThat(store().record(passing("a", 4))).isEqualTo(Outcome.OLDER);
        assertThat(store().observation(bucket("a"))).contains(gone("a", 5));
    }

    @Test
    default void recordsAResourceThatWasCreatedAgain() {
        store().record(gone("a", 5));

        assertThat(store().record(passing("a", 6))).isEqualTo(Outcome.RECORDED);
        assertThat(store().observation(bucket("a"))).contains(passing("a", 6));
    }

    @Test
    default void listsTheLiveObservationsOfOneAccountAndServiceType() {
        ResourceId queue = new ResourceId(Provider.AWS, ACCOUNT.account(), "eu-west-1", QUEUE.name(), "q");
        store().record(passing("a", 1));
        store().record(failing("b", 1));
        store().record(passing("gone", 1));
        store().record(gone("gone", 2));
        store().record(observed(bucket(NEIGHBOUR, "a"), 1, Map.of(ENCRYPTION, FAIL)));
        store().record(new Observation(
                queue, QUEUE, version(1), Observation.State.LIVE, "rev-1", LABELS, new TreeMap<>()));

        assertThat(store().observationsOf(Provider.AWS, ACCOUNT.account(), BUCKET))
                .containsExactlyInAnyOrder(passing("a", 1), failing("b", 1));
    }

    @Test
    default void listsAResourceUnderItsNewVariantOnly() {
        ServiceType variant = new ServiceType("AWS::S3::Bucket#directory");
        Observation varied = new Observation(
                bucket("a"), variant, version(2), Observation.State.LIVE, "rev-1", LABELS, new TreeMap<>());
        store().record(passing("a", 1));
        store().record(varied);

        assertThat(store().observationsOf(Provider.AWS, ACCOUNT.account(), BUCKET))
                .isEmpty();
        assertThat(store().observationsOf(Provider.AWS, ACCOUNT.account(), variant))
                .containsExactly(varied);
    }
}
