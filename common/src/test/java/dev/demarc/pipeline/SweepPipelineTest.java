package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.event.ChangeEvent;
import dev.demarc.model.Observation;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;
import dev.demarc.record.SweepEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepPipelineTest {
    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant CHANGED = Instant.parse("2026-11-20T10:00:00Z");
    private static final ServiceType BUCKETS = new ServiceType(FakeCloud.BUCKET);

    private final FakeCloud cloud = new FakeCloud();
    private final Store store = new Store();

    /** Refuses resources named {@code unlucky}. */
    private static final class Store extends InMemoryStore {
        @Override
        public synchronized Outcome record(Observation observation) {
            if (observation.resource().nativeId().startsWith("unlucky")) {
                throw new IllegalStateException("the table is throttled");
            }
            return super.record(observation);
        }
    }

    @BeforeEach
    void threeBucketsExist() {
        List.of("a", "b", "c").forEach(name -> cloud.put(name, CHANGED, "billing"));
    }

    @Test
    void recordsEverythingAndSaysThatItWasComplete() {
        sweep(START);

        assertThat(live()).containsExactly("a", "b", "c");
        assertThat(ended()).satisfies(one -> {
            assertThat(one.state()).isEqualTo(SweepEvidence.State.COMPLETE);
            assertThat(one.startedAt()).isEqualTo(START);
            assertThat(one.discovered()).isEqualTo(3);
            assertThat(one.evaluated()).isEqualTo(3);
            assertThat(one.failed()).isZero();
            assertThat(one.note()).isEmpty();
        });
    }

    @Test
    void retiresWhatIsGoneAtTheStartOfTheSweep() {
        sweep(START.minus(Duration.ofDays(1)));
        cloud.existing.remove("b");

        sweep(START);

        assertThat(live()).containsExactly("a", "c");
        assertThat(stored("b").version()).isEqualTo(new Version(START, 0));
    }

    @Test
    void evaluatesWhatExistsAndWasNotListed() {
        sweep(START.minus(Duration.ofDays(1)));
        cloud.unlisted.add("b");
        cloud.put("b", CHANGED.plusSeconds(60), "the new owner");

        sweep(START);

        assertThat(live()).containsExactly("a", "b", "c");
        assertThat(stored("b").labels().owner()).contains("the new owner");
        assertThat(ended()).satisfies(one -> {
            assertThat(one.state()).isEqualTo(SweepEvidence.State.COMPLETE);
            assertThat(one.discovered()).isEqualTo(3);
            assertThat(one.evaluated()).isEqualTo(3);
        });
    }

    @Test
    void isIncompleteAndLeavesWhatItMayNotRead() {
        sweep(START.minus(Duration.ofDays(1)));
        cloud.existing.remove("b");
        cloud.absent = new ProviderReader.CurrentRead.Denied("config:SelectResourceConfig");

        sweep(START);

        assertThat(live()).containsExactly("a", "b", "c");
        assertThat(ended()).satisfies(one -> {
            assertThat(one.state()).isEqualTo(SweepEvidence.State.INCOMPLETE);
            assertThat(one.discovered()).isEqualTo(3);
            assertThat(one.failed()).isEqualTo(1);
            assertThat(one.note()).contains("1 of 3 resources could not be read");
        });
    }

    @Test
    void retiresWhatNoReadCanShowAfterTheTypeWasListedInOnePiece() {
        sweep(START.minus(Duration.ofDays(1)));
        cloud.existing.remove("b");
        cloud.absent = new ProviderReader.CurrentRead.Unavailable("no item is held");

        sweep(START);

        assertThat(live()).containsExactly("a", "c");
    }

    @Test
    void leavesWhatChangedSoShortlyBeforeThatNoListShowsItYet() {
        sweep(START.minus(Duration.ofDays(1)));
        cloud.put("fresh", START.minusSeconds(30), "billing");
        pipeline().handle(touched("fresh", START.minusSeconds(30)), START);
        cloud.existing.remove("fresh");

        sweep(START);

        assertThat(live()).contains("fresh");
    }

    @Test
    void letsAnEventAfterTheStartWinOverTheRetirement() {
        sweep(START.minus(Duration.ofDays(1)));
        cloud.existing.remove("b");
        sweep(START);
        cloud.put("b", START.plusSeconds(5), "billing");

        pipeline().handle(touched("b", START.plusSeconds(5)), START.plusSeconds(9));

        assertThat(live()).containsExactly("a", "b", "c");
    }

    @Test
    void isIncompleteAndRetiresNothingWhenTheInventoryDoesNotVouchForTheType() {
        sweep(START.minus(Duration.ofDays(1)));
        cloud.existing.clear();
        cloud.gap = Optional.of("AWS Config does not record AWS::S3::Bucket; add it to the recorder");

        sweep(START);

        assertThat(live()).containsExactly("a", "b", "c");
        assertThat(ended().state()).isEqualTo(SweepEvidence.State.INCOMPLETE);
        assertThat(ended().note()).contains("does not record");
    }

    @Test
    void isIncompleteWhenAPageCannotBeReadAndGoesOnWithTheOtherTypes() {
        cloud.listFails = () -> new InventoryFailure("permission config:SelectResourceConfig is denied");

        assertThat(sweep(START)).isEmpty();

        assertThat(ended().state()).isEqualTo(SweepEvidence.State.INCOMPLETE);
        assertThat(ended().note()).contains("config:SelectResourceConfig");
        assertThat(store.sweepEvidence(Scope.operator(Scope.MAIN)).stream().filter(SweepEvidence::isComplete))
                .isNotEmpty();
    }

    @Test
    void keepsWhatAnUnexpectedFailureSaysOutOfTheEvidence() {
        cloud.listFails = () -> new IllegalStateException("the answer was {\"password\":\"hunter2\"}");

        sweep(START);

        assertThat(ended().note()).contains("IllegalStateException").doesNotContain("hunter2");
    }

    @Test
    void countsAResourceThatFailsAndGoesOn() {
        sweep(START.minus(Duration.ofDays(1)));
        cloud.existing.remove("a");
        cloud.put("unlucky", CHANGED, "billing");
        cloud.put("z", CHANGED, "billing");

        sweep(START);

        assertThat(live()).contains("a", "z");
        assertThat(ended()).satisfies(one -> {
            assertThat(one.state()).isEqualTo(SweepEvidence.State.INCOMPLETE);
            assertThat(one.failed()).isEqualTo(1);
            assertThat(one.evaluated()).isEqualTo(3);
            assertThat(one.note()).startsWith("1 of 4 resources").endsWith("IllegalStateException");
        });
    }

    @Test
    void stopsTheTypeWhenResourceAfterResourceFails() {
        cloud.pageSize = 100;
        for (int i = 0; i < 50; i++) {
            cloud.put("unlucky" + i, CHANGED, "billing");
        }

        sweep(START);

        assertThat(ended().failed()).isEqualTo(10);
        assertThat(ended().note()).contains("10 resources on end").endsWith("IllegalStateException");
    }

    @Test
    void stopsAtAFailureThatMayPassAndGoesOnThere() {
        cloud.put("d", CHANGED, "billing");
        cloud.listFails = () -> cloud.lists == 2 ? new Transient("throttled") : null;
        assertThatThrownBy(() -> sweep(START)).isInstanceOf(Transient.class);
        assertThat(live()).containsExactly("a", "b", "c");

        Checkpoint from =
                Checkpoint.unfinished(evidence(), START.plusSeconds(60)).orElseThrow();
        assertThat(from.pageToken()).contains("3");
        sweep().run(from, START.plusSeconds(60), () -> false);

        assertThat(live()).containsExactly("a", "b", "c", "d");
        assertThat(ended().isComplete()).isTrue();
        assertThat(ended().discovered()).isEqualTo(4);
    }

    @Test
    void doesNotHideTheEndedGenerationWhileTheNextOneIsUnderWay() {
        sweep(START.minus(Duration.ofDays(1)));

        sweep().run(Checkpoint.start(START), START, () -> true);

        assertThat(ended().startedAt()).isEqualTo(START.minus(Duration.ofDays(1)));
        assertThat(evidence())
                .anyMatch(one -> one.state() == SweepEvidence.State.UNDER_WAY
                        && one.startedAt().equals(START));
    }

    @Test
    void makesGoodAnEventThatWasLostAlthoughAnotherOneHadMovedTheVersion() {
        pipeline().handle(touched("a", START.minusSeconds(7200)), START);
        cloud.put("a", CHANGED, "somebody else");

        sweep(START);

        assertThat(stored("a").labels().owner()).contains("somebody else");
        assertThat(stored("a").version().observedAt()).isEqualTo(START.minusSeconds(7200));
    }

    @Test
    void leavesANewerEventAloneThatTheListDoesNotShowYet() {
        pipeline().handle(touched("a", START.minusSeconds(60)), START);
        cloud.put("a", CHANGED, "somebody else");

        sweep(START);

        assertThat(stored("a").labels().owner()).contains("billing");
    }

    @Test
    void neverRecordsAListingWhoseOwnClockSaysThatItIsOlder() {
        cloud.clock = ProviderReader.Clock.OF_EVENTS;
        cloud.put("a", START.minusSeconds(7200), "billing");
        pipeline().handle(touched("a", START.minusSeconds(7200)), START);
        cloud.put("a", CHANGED, "somebody else");

        sweep(START);

        assertThat(stored("a").labels().owner()).contains("billing");
    }

    @Test
    void bringsAResourceBackThatATombstoneHidesAlthoughItExists() {
        store.record(Observation.tombstone(FakeCloud.bucket("a"), BUCKETS, new Version(START.minusSeconds(7200), 0)));

        sweep(START);

        assertThat(live()).containsExactly("a", "b", "c");
    }

    @Test
    void leavesATombstoneWhenTheReadDoesNotFindTheResource() {
        store.record(Observation.tombstone(FakeCloud.bucket("a"), BUCKETS, new Version(START.minusSeconds(7200), 0)));
        cloud.blind = Optional.of(new ProviderReader.CurrentRead.Gone());

        sweep(START);

        assertThat(live()).containsExactly("b", "c");
    }

    @Test
    void writesNothingForResourcesThatAreUnchanged() {
        sweep(START.minus(Duration.ofDays(1)));
        store.drain(change -> {});

        sweep(START);

        assertThat(store.drain(
                        change -> assertThat(change).isInstanceOf(dev.demarc.record.StoreChange.SweepEnded.class)))
                .isPositive();
    }

    private Optional<Checkpoint> sweep(Instant start) {
        return sweep().run(Checkpoint.start(start), start, () -> false);
    }

    private SweepPipeline sweep() {
        return new SweepPipeline(cloud.observer(), cloud, cloud, store, store, store::observationsOf);
    }

    private ChangePipeline pipeline() {
        return new ChangePipeline(cloud.observer(), cloud, store, store);
    }

    private static ChangeEvent touched(String name, Instant at) {
        return new ChangeEvent.Touched(FakeCloud.bucket(name), new Version(at, 0), "no body");
    }

    private List<String> live() {
        return store.observationsOf(cloud.provider(), FakeCloud.ACCOUNT, BUCKETS).stream()
                .map(one -> one.resource().nativeId())
                .sorted()
                .toList();
    }

    private Observation stored(String name) {
        return store.observation(FakeCloud.bucket(name)).orElseThrow();
    }

    private List<SweepEvidence> evidence() {
        return store.sweepEvidence(Scope.operator(Scope.MAIN));
    }

    private SweepEvidence ended() {
        return evidence().stream()
                .filter(one -> one.serviceType().equals(BUCKETS) && one.hasEnded())
                .findFirst()
                .orElseThrow();
    }
}
