package dev.demarc.record.dynamodb;

import dev.demarc.model.Observation;
import dev.demarc.record.CentralStore.Projection;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes projections: the projected observation, findings and counters in one transaction. */
final class Projector {
    private static final int ATTEMPTS = 10;
    private static final long FIRST_PAUSE_MILLISECONDS = 20;

    private final Table table;
    private final InstantSource clock;

    Projector(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    boolean project(Optional<Observation> expected, Observation now, Projection projection) {
        for (int attempt = 1; ; attempt++) {
            Optional<Map<String, AttributeValue>> stored = table.find(Keys.projected(now.resource()));
            // Compared as values, and the guard as text: a release may write the same observation in another form.
            if (!stored.map(ObservationItems::read).equals(expected)) {
                return false;
            }
            try {
                write(Projections.actions(table.name(), stored, now, clock.instant(), projection));
                return true;
            } catch (TransactionCanceledException cancelled) {
                if (guardFailed(cancelled)) {
                    return false;
                }
                if (!isConflict(cancelled) || attempt == ATTEMPTS) {
                    throw cancelled;
                }
                pause(attempt);
            }
        }
    }

    private void write(List<TransactWriteItem> actions) {
        table.client().transactWriteItems(request -> request.transactItems(actions));
    }

    private static boolean guardFailed(TransactionCanceledException cancelled) {
        return cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch("ConditionalCheckFailed"::equals);
    }

    /** Projections of other resources touch the same counters at the same time: not a failure, the next attempt usually succeeds. */
    private static boolean isConflict(TransactionCanceledException cancelled) {
        return cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch("TransactionConflict"::equals);
    }

    private static void pause(int attempt) {
        long longest = FIRST_PAUSE_MILLISECONDS << Math.min(attempt, 5);
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, longest)));
    }
}
