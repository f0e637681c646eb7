package dev.demarc.record.dynamodb;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Transactions with bounded retries: what only met another transaction is tried again, what failed its condition is an answer. */
record Transactions(Table table) {
    /** How many actions one transaction takes. */
    static final int ACTIONS = 100;

    private static final int ATTEMPTS = 12;
    private static final long FIRST_PAUSE_MILLISECONDS = 20;
    private static final int DOUBLINGS = 5;
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    /** What a try at a transaction came to. */
    private enum Outcome {
        APPLIED,
        REFUSED,
        MET_ANOTHER
    }

    /**
     * Applies the actions, or answers false when a condition of theirs does not hold. They are made anew for each try; no actions mean
     * that the condition is known not to hold.
     */
    boolean apply(Supplier<List<TransactWriteItem>> actions) {
        for (int attempt = 1; ; attempt++) {
            List<TransactWriteItem> now = actions.get();
            if (now.isEmpty()) {
                return false;
            }
            switch (tryOnce(now, attempt == ATTEMPTS)) {
                case APPLIED -> {
                    return true;
                }
                case REFUSED -> {
                    return false;
                }
                case MET_ANOTHER -> pause(attempt);
            }
        }
    }

    private Outcome tryOnce(List<TransactWriteItem> actions, boolean last) {
        try {
            // The client repeats a call whose answer was lost; by its token it is applied once all the same.
            String token = UUID.randomUUID().toString();
            table.client()
                    .transactWriteItems(
                            request -> request.transactItems(actions).clientRequestToken(token));
            return Outcome.APPLIED;
        } catch (TransactionCanceledException cancelled) {
            List<String> codes = cancelled.cancellationReasons().stream()
                    .map(CancellationReason::code)
                    .toList();
            if (codes.contains("ConditionalCheckFailed")) {
                return Outcome.REFUSED;
            }
            if (codes.stream().noneMatch(PASSING::contains) || last) {
                throw cancelled;
            }
            return Outcome.MET_ANOTHER;
        } catch (TransactionInProgressException inProgress) {
            if (last) {
                throw inProgress;
            }
            return Outcome.MET_ANOTHER;
        }
    }

    /** Full jitter: those that met do not meet again at the same time. */
    private static void pause(int attempt) {
        long longest = FIRST_PAUSE_MILLISECONDS << Math.min(attempt, DOUBLINGS);
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, longest)));
    }
}
