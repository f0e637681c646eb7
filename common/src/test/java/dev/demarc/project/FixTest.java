package dev.demarc.project;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.AWAY;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.demarc.model.Observation;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Sample;
import dev.demarc.record.StoreChange.SweepEnded;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.SweepEvidence.State;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fix is a fix only when a sweep that began after it has seen everything. */
class FixTest {
    private final InMemoryStore store = new InMemoryStore(Sample.TENANTS);
    private final Projector projector = new Projector(store);

    private void take(Observation observation) {
        store.record(observation);
        drain();
    }

    private void sweep(ServiceType type, int startSecond, State state) {
        store.putSweepEvidence(Sample.sweep(ACCOUNT, type, NOON.plusSeconds(startSecond), state));
        drain();
    }

    private void drain() {
        store.drain(projector::apply);
        assertThat(Exactness.differences(store)).isEmpty();
    }

    private List<StoredFinding> findings() {
        return store.findingsOf(ACCOUNT, "", 100);
    }

    @Test
    void keepsAFixedControlAsAFindingUntilItIsConfirmed() {
        take(failing("a", 1));
        take(passing("a", 10));

        assertThat(findings())
                .extracting(StoredFinding::verdict, StoredFinding::since)
                .containsExactly(tuple("FIXED", NOON.plusSeconds(10)));

        sweep(BUCKET, 11, State.COMPLETE);

        assertThat(findings()).isEmpty();
        assertThat(store.rollups(WHOLE).keySet())
                .filteredOn(key -> key.workload().isEmpty())
                .extracting(RollupKey::verdict)
                .containsOnly("COMPLIANT");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # type, start of the sweep, state; the fix is at second 10 and each sweep takes 30 seconds
            AWS::S3::Bucket,  9, COMPLETE
            AWS::S3::Bucket, 10, COMPLETE
            AWS::S3::Bucket, 11, INCOMPLETE
            AWS::S3::Bucket, 11, UNDER_WAY
            AWS::Timestream::Database, 11, COMPLETE
            """)
    void isNotConfirmedByASweepThatProvesNothing(String type, int startSecond, State state) {
        take(failing("a", 1));
        take(passing("a", 10));

        sweep(new ServiceType(type), startSecond, state);
        projector.apply(new SweepEnded(
                "9", Sample.sweep(ACCOUNT, new ServiceType(type), NOON.plusSeconds(startSecond), state)));

        assertThat(findings()).extracting(StoredFinding::verdict).containsExactly("FIXED");
    }

    @Test
    void isNotConfirmedByASweepOfAnotherAccount() {
        take(failing("a", 1));
        take(passing("a", 10));

        store.putSweepEvidence(Sample.sweep(Sample.NEIGHBOUR, BUCKET, NOON.plusSeconds(11), State.COMPLETE));
        drain();

        assertThat(findings()).hasSize(1);
    }

    @Test
    void needsNoWaitWhenTheSweepIsKnownBeforeTheFix() {
        take(failing("a", 1));
        sweep(BUCKET, 11, State.COMPLETE);

        take(passing("a", 10));

        assertThat(findings()).isEmpty();
    }

    @Test
    void waitsForTheNextSweepWhenTheLastOneBeganBeforeTheFix() {
        take(failing("a", 1));
        sweep(BUCKET, 5, State.COMPLETE);
        take(passing("a", 10));
        assertThat(findings()).hasSize(1);

        sweep(BUCKET, 20, State.INCOMPLETE);
        assertThat(findings()).hasSize(1);

        sweep(BUCKET, 40, State.COMPLETE);
        assertThat(findings()).isEmpty();
    }

    @Test
    void confirmsOnlyWhatWasFixedBeforeTheSweepBegan() {
        for (int i = 0; i < 5; i++) {
            take(failing("b" + i, 1));
            take(passing("b" + i, 10 + i));
        }

        sweep(BUCKET, 12, State.COMPLETE);

        assertThat(findings())
                .extracting(StoredFinding::resource)
                .containsExactly(bucket("b2"), bucket("b3"), bucket("b4"));
    }

    @Test
    void confirmsMoreFixesThanOnePage() {
        for (int i = 0; i < 450; i++) {
            store.record(failing("b" + i, 1));
            store.drain(projector::apply);
            store.record(passing("b" + i, 10));
        }
        drain();
        assertThat(findings()).hasSize(100);

        sweep(BUCKET, 11, State.COMPLETE);

        assertThat(findings()).isEmpty();
    }

    /** The control test is the same life without the failure: it is CORRECT at once. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # the verdict before, and what is then known of the control that complies again at second 20
            NON_COMPLIANT, FIXED
            UNKNOWN,       FIXED
            COMPLIANT,
            """)
    void isNotForgottenWhileTheControlDoesNotApply(String before, @Nullable String known) {
        take(observed(bucket("a"), 1, Map.of(ENCRYPTION, Verdict.of(before, "because"))));
        take(observed(bucket("a"), 10, Map.of(ENCRYPTION, AWAY)));
        assertThat(findings()).isEmpty();
        sweep(BUCKET, 15, State.COMPLETE);

        take(passing("a", 20));

        assertThat(findings())
                .extracting(StoredFinding::verdict)
                .containsExactlyElementsOf(known == null ? List.of() : List.of(known));
        sweep(BUCKET, 20, State.COMPLETE);
        assertThat(findings()).hasSize(known == null ? 0 : 1);
        sweep(BUCKET, 21, State.COMPLETE);
        assertThat(findings()).isEmpty();
        assertThat(store.rollups(WHOLE).keySet())
                .filteredOn(key -> key.control().equals(ENCRYPTION))
                .extracting(RollupKey::verdict)
                .containsExactly("COMPLIANT");
    }

    @Test
    void keepsTheTimeOfTheFixWhenTheResourceChangesOtherwise() {
        take(failing("a", 1));
        take(passing("a", 10));
        take(observed(bucket("a"), 20, Map.of(ENCRYPTION, PASS, NETWORK, DOUBT)));

        sweep(BUCKET, 15, State.COMPLETE);

        assertThat(findings()).extracting(StoredFinding::control).containsExactly(NETWORK);
    }

    @Test
    void writesOneStepOfHistoryForTheFixAndOneForItsConfirmation() {
        take(failing("a", 1));
        take(passing("a", 10));
        sweep(BUCKET, 11, State.COMPLETE);
        projector.apply(new SweepEnded("9", Sample.sweep(ACCOUNT, BUCKET, NOON.plusSeconds(11), State.COMPLETE)));

        assertThat(store.history(WHOLE, bucket("a"), "", 10))
                .extracting(
                        HistoryEntry::at, entry -> entry.changes().getFirst().kind())
                .containsExactly(
                        tuple(NOON.plusSeconds(11), HistoryEntry.Kind.CLOSED),
                        tuple(NOON.plusSeconds(10), HistoryEntry.Kind.FIXED),
                        tuple(NOON.plusSeconds(1), HistoryEntry.Kind.OPENED));
    }

    /** A companion changed, or the catalogue did: the version is still the one at which it failed, long before the sweep. */
    @Test
    void countsFromNowWhenTheVersionDoesNotSayWhenItWasFixed() {
        Projector atTwenty = new Projector(store, () -> NOON.plusSeconds(20));
        take(failing("a", 1));
        sweep(BUCKET, 11, State.COMPLETE);

        store.record(passing("a", 1));
        store.drain(atTwenty::apply);

        assertThat(findings())
                .extracting(StoredFinding::verdict, StoredFinding::since)
                .containsExactly(tuple("FIXED", NOON.plusSeconds(20)));
        sweep(BUCKET, 21, State.COMPLETE);
        assertThat(findings()).isEmpty();
    }

    @Test
    void isNotConfirmedByASweepThatHasNotBegunYet() {
        Projector atTwenty = new Projector(store, () -> NOON.plusSeconds(20));
        store.record(failing("a", 1));
        store.drain(atTwenty::apply);
        store.putSweepEvidence(Sample.sweep(ACCOUNT, BUCKET, NOON.plusSeconds(60), State.COMPLETE));
        store.record(passing("a", 10));

        store.drain(atTwenty::apply);

        assertThat(findings()).extracting(StoredFinding::verdict).containsExactly("FIXED");
    }

    @Test
    void everyStepAtOneVersionStaysInTheHistoryInItsOrder() {
        take(failing("a", 1));
        take(passing("a", 1));
        take(failing("a", 1));
        take(passing("a", 1));

        assertThat(store.history(WHOLE, bucket("a"), "", 10))
                .extracting(entry -> entry.changes().getFirst().kind())
                .containsExactly(
                        HistoryEntry.Kind.FIXED,
                        HistoryEntry.Kind.OPENED,
                        HistoryEntry.Kind.FIXED,
                        HistoryEntry.Kind.OPENED);
    }

    @Test
    void forgetsTheFixOfADeletedResource() {
        take(failing("a", 1));
        take(passing("a", 10));
        take(gone("a", 20));

        assertThat(findings()).isEmpty();
        assertThat(store.rollups(WHOLE)).isEmpty();
    }
}
