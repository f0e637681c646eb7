package dev.demarc.proof;

import dev.demarc.record.StoreChange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A change feed that goes back from time to time and hands out the last changes once more, in their order. */
final class Replaying implements Consumer<StoreChange> {
    private static final int REACH = 20;

    private final Random random;
    private final Consumer<StoreChange> consumer;
    private final Deque<StoreChange> recent = new ArrayDeque<>();

    Replaying(Random random, Consumer<StoreChange> consumer) {
        this.random = random;
        this.consumer = consumer;
    }

    @Override
    public void accept(StoreChange change) {
        consumer.accept(change);
        recent.add(change);
        if (recent.size() > REACH) {
            recent.remove();
        }
        if (random.nextInt(REACH) == 0) {
            List.copyOf(recent).forEach(consumer);
        }
    }
}
