package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.QUEUE;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.step;
import static dev.demarc.record.Sample.sweep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.demarc.record.StoreChange.HistoryAdded;
import dev.demarc.record.StoreChange.SweepEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every accepted write comes through the feed, at least once and in the order of the resource. */
public interface FeedContract extends StoreContract {

    @Test
    default void deliversEachAcceptedWriteOnceInOrderWithWhatWasThereBefore() {
        store().record(passing("a", 1));
        store().record(failing("a", 3));
        store().record(passing("a", 2));
        store().record(failing("a", 3));
        store().record(gone("a", 4));

        List<ObservationChange> changes = changes(ObservationChange.class);

        assertThat(changes.stream().map(ObservationChange::before))
                .containsExactly(Optional.empty(), Optional.of(passing("a", 1)), Optional.of(failing("a", 3)));
        assertThat(changes.stream().map(ObservationChange::after))
                .containsExactly(passing("a", 1), failing("a", 3), gone("a", 4));
        assertThat(changes.stream().map(ObservationChange::sequence)).doesNotHaveDuplicates();
        assertThat(changes()).isEmpty();
    }

    @Test
    default void deliversAgainWhatAConsumerDidNotFinish() {
        store().record(passing("a", 1));
        store().record(passing("b", 1));
        store().record(passing("c", 1));
        List<StoreChange> finished = new ArrayList<>();

        try {
            store().drain(change -> {
                if (finished.size() == 1) {
                    throw new IllegalStateException("the consumer fails in the middle");
                }
                finished.add(change);
            });
        } catch (IllegalStateException expected) {
            assertThat(finished).hasSize(1);
        }

        assertThat(changes(ObservationChange.class))
                .extracting(ObservationChange::after)
                .contains(passing("b", 1), passing("c", 1));
        assertThat(changes()).isEmpty();
    }

    @Test
    default void deliversWhatIsRecordedAfterTheFeedWasRead() {
        store().record(passing("a", 1));
        changes();

        store().record(passing("a", 2));

        assertThat(changes(ObservationChange.class))
                .extracting(ObservationChange::before, ObservationChange::after)
                .containsExactly(tuple(Optional.of(passing("a", 1)), passing("a", 2)));
    }

    @Test
    default void deliversSweepsThatEndedAndNotThoseUnderWay() {
        SweepEvidence complete = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);
        SweepEvidence incomplete = sweep(ACCOUNT, QUEUE, NOON, SweepEvidence.State.INCOMPLETE);

        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.UNDER_WAY));
        store().putSweepEvidence(complete);
        store().putSweepEvidence(incomplete);
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON.minusSeconds(90), SweepEvidence.State.COMPLETE));

        assertThat(changes(SweepEnded.class))
                .extracting(SweepEnded::evidence)
                .containsExactlyInAnyOrder(complete, incomplete);
    }

    @Test
    default void deliversTheHistoryThatAProjectionWrote() {
        Projected opened = first(failing("a", 1));
        Projection step = step(Optional.empty(), opened);

        store().project(step);

        assertThat(changes(HistoryAdded.class))
                .extracting(HistoryAdded::entry)
                .containsExactly(step.history().orElseThrow());
    }

    @Test
    default void deliversNothingForAProjectionThatWasNotApplied() {
        Projection step = step(Optional.empty(), first(failing("a", 1)));
        store().project(step);
        changes();

        assertThat(store().project(step)).isFalse();

        assertThat(changes()).isEmpty();
    }

    @Test
    default void deliversWhatAConsumerWritesWhileItReads() {
        store().record(failing("a", 1));
        List<StoreChange> seen = new ArrayList<>();

        long drained = store().drain(change -> {
            seen.add(change);
            if (change instanceof ObservationChange observed) {
                project(observed.after());
            }
        });

        // A store that pushes its feed drains nothing.
        if (drained > 0) {
            assertThat(seen).hasSize(2).last().isInstanceOf(HistoryAdded.class);
            assertThat(changes()).isEmpty();
        }
    }
}
