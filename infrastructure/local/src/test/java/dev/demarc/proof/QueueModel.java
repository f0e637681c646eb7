package dev.demarc.proof;

import dev.demarc.proof.Functions.Parcel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A queue and its event source in virtual time, second by second: a message that failed is hidden for the visibility time-out, is given up
 * after its last attempt, and the event source hands out no more messages a second than its concurrency allows.
 */
final class QueueModel {
    private static final int BATCH = 10;

    private final Settings settings;
    private final PriorityQueue<Waiting> queue =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::visibleAt).thenComparing(Waiting::id));
    private final List<Long> ages = new ArrayList<>();
    private int ids;
    private int mostAttempts;
    private int dead;

    /** {@code perSecond} is what the event source's concurrency comes to. */
    record Settings(int visibilitySeconds, int attempts, int perSecond) {}

    private record Waiting(int id, Post post, long arrivedAt, int attempt, long visibleAt) {}

    QueueModel(Settings settings) {
        this.settings = settings;
    }

    void arrive(Post post, long second) {
        queue.add(new Waiting(ids++, post, second, 1, second));
    }

    /** What the event source does in this second. */
    void tick(long second, Courier.Door door) {
        int left = settings.perSecond();
        while (left > 0 && !queue.isEmpty() && queue.peek().visibleAt() <= second) {
            Map<Integer, Waiting> batch = new HashMap<>();
            List<Parcel> parcels = new ArrayList<>();
            while (batch.size() < Math.min(BATCH, left)
                    && !queue.isEmpty()
                    && queue.peek().visibleAt() <= second) {
                Waiting next = queue.remove();
                batch.put(next.id(), next);
                parcels.add(next.post().parcel(next.id()));
            }
            left -= batch.size();
            settle(batch, door.deliver(parcels), second);
        }
    }

    private void settle(Map<Integer, Waiting> batch, Set<Integer> failed, long second) {
        for (Waiting one : batch.values()) {
            mostAttempts = Math.max(mostAttempts, one.attempt());
            if (!failed.contains(one.id())) {
                ages.add(second - one.arrivedAt());
            } else if (one.attempt() == settings.attempts()) {
                dead++;
            } else {
                queue.add(new Waiting(
                        one.id(),
                        one.post(),
                        one.arrivedAt(),
                        one.attempt() + 1,
                        second + settings.visibilitySeconds()));
            }
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int mostAttempts() {
        return mostAttempts;
    }

    int dead() {
        return dead;
    }

    /** The age in seconds that this share of the messages had at most when they were done. */
    long age(double share) {
        List<Long> sorted = ages.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }
}
