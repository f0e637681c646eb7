package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.NEIGHBOUR;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.QUEUE;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.feed;
import static dev.demarc.record.Sample.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.Provider;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Of feeds the newest time, of sweeps the newest generation that ended and the newest one under way. */
public interface EvidenceContract extends StoreContract {

    @Test
    default void neverMovesFeedEvidenceBack() {
        store().putFeedEvidence(feed(ACCOUNT, BUCKET, NOON));
        store().putFeedEvidence(feed(ACCOUNT, QUEUE, NOON));
        store().putFeedEvidence(feed(ACCOUNT, BUCKET, NOON.plusMillis(1)));
        store().putFeedEvidence(feed(ACCOUNT, BUCKET, NOON));
        store().putFeedEvidence(feed(ACCOUNT, BUCKET, NOON.minusSeconds(60)));

        assertThat(store().feedEvidence(WHOLE))
                .containsExactlyInAnyOrder(feed(ACCOUNT, BUCKET, NOON.plusMillis(1)), feed(ACCOUNT, QUEUE, NOON));
    }

    @Test
    default void keepsTheNewestSweepOfEachAccountAndServiceType() {
        SweepEvidence newest = sweep(ACCOUNT, BUCKET, NOON.plusSeconds(60), SweepEvidence.State.INCOMPLETE);
        SweepEvidence queues = sweep(ACCOUNT, QUEUE, NOON.plusSeconds(5), SweepEvidence.State.COMPLETE);
        SweepEvidence neighbour = sweep(NEIGHBOUR, BUCKET, NOON, SweepEvidence.State.COMPLETE);
        store().putSweepEvidence(newest);
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE));
        store().putSweepEvidence(sweep(ACCOUNT, QUEUE, NOON, SweepEvidence.State.COMPLETE));
        store().putSweepEvidence(neighbour);
        store().putSweepEvidence(queues);

        assertThat(store().sweepEvidence(WHOLE)).containsExactlyInAnyOrder(newest, queues, neighbour);
    }

    @Test
    default void ordersGenerationsByTheirStartAndNotByTheirEnd() {
        SweepEvidence later = sweep(ACCOUNT, BUCKET, NOON.plusMillis(500), SweepEvidence.State.COMPLETE);
        SweepEvidence slow = ended(NOON, NOON.plusSeconds(9000), SweepEvidence.State.INCOMPLETE);
        store().putSweepEvidence(later);
        store().putSweepEvidence(slow);

        assertThat(store().sweepEvidence(WHOLE)).containsExactly(later);
    }

    @Test
    default void takesTheLaterWordOnOneGeneration() {
        SweepEvidence early = ended(NOON, NOON.plusSeconds(10), SweepEvidence.State.INCOMPLETE);
        SweepEvidence late = ended(NOON, NOON.plusSeconds(20), SweepEvidence.State.COMPLETE);
        store().putSweepEvidence(early);
        store().putSweepEvidence(late);
        store().putSweepEvidence(early);

        assertThat(store().sweepEvidence(WHOLE)).containsExactly(late);
    }

    private static SweepEvidence ended(Instant startedAt, Instant finishedAt, SweepEvidence.State state) {
        return new SweepEvidence(Provider.AWS, ACCOUNT.account(), BUCKET, startedAt, finishedAt, state, 3, 3, 0, "");
    }

    @Test
    default void doesNotHideASweepThatEndedBehindOneUnderWay() {
        SweepEvidence complete = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);
        SweepEvidence underWay = sweep(ACCOUNT, BUCKET, NOON.plusSeconds(60), SweepEvidence.State.UNDER_WAY);
        store().putSweepEvidence(complete);
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON.plusSeconds(50), SweepEvidence.State.UNDER_WAY));
        store().putSweepEvidence(underWay);

        assertThat(store().sweepEvidence(WHOLE)).containsExactlyInAnyOrder(complete, underWay);
        assertThat(store().completeSweep(Provider.AWS, ACCOUNT.account(), BUCKET))
                .contains(complete);
    }

    @Test
    default void noLongerSaysThatASweepIsUnderWayWhenItOrALaterOneHasEnded() {
        SweepEvidence buckets = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);
        SweepEvidence queues = sweep(ACCOUNT, QUEUE, NOON.plusSeconds(60), SweepEvidence.State.INCOMPLETE);
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.UNDER_WAY));
        store().putSweepEvidence(sweep(ACCOUNT, QUEUE, NOON, SweepEvidence.State.UNDER_WAY));
        store().putSweepEvidence(buckets);
        store().putSweepEvidence(queues);
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.UNDER_WAY));

        assertThat(store().sweepEvidence(WHOLE)).containsExactlyInAnyOrder(buckets, queues);
    }

    @Test
    default void knowsACompleteSweepOnlyWhenTheLastOneThatEndedWasComplete() {
        SweepEvidence complete = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);
        store().putSweepEvidence(complete);

        assertThat(store().completeSweep(Provider.AWS, ACCOUNT.account(), BUCKET))
                .contains(complete);
        assertThat(store().completeSweep(Provider.AWS, ACCOUNT.account(), QUEUE))
                .isEmpty();
        assertThat(store().completeSweep(Provider.AWS, NEIGHBOUR.account(), BUCKET))
                .isEmpty();

        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON.plusSeconds(60), SweepEvidence.State.INCOMPLETE));

        assertThat(store().completeSweep(Provider.AWS, ACCOUNT.account(), BUCKET))
                .isEmpty();
    }
}
