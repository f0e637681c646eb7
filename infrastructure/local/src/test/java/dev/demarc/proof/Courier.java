package dev.demarc.proof;

import dev.demarc.proof.Functions.Parcel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A queue with workers behind it: batches are delivered, what fails comes again after a pause that doubles, and a message that failed too
 * often is given up as a dead letter.
 */
final class Courier {
    private static final int BATCH = 10;

    private final PriorityQueue<Letter> queue = new PriorityQueue<>(Comparator.comparingLong(Letter::readyAt));
    private final int limit;
    private final Duration pause;
    private int underWay;
    private long attempts;
    private long mostAttempts;
    private long dead;

    private record Letter(int id, Post post, int attempt, long readyAt) {
        Parcel parcel() {
            return post.parcel(id);
        }
    }

    /** Takes a batch and answers the ids that failed. */
    interface Door {
        Set<Integer> deliver(List<Parcel> parcels);
    }

    /** What a run of deliveries took. */
    record Tally(long messages, long attempts, long mostAttempts, long dead, double seconds) {}

    /** {@code limit} is how often one message is tried, {@code pause} how long the first failure keeps it back. */
    Courier(int limit, Duration pause) {
        this.limit = limit;
        this.pause = pause;
    }

    /** Delivers everything, one thread for each door. */
    Tally deliver(List<? extends Post> deliveries, List<Door> doors) throws InterruptedException {
        for (int i = 0; i < deliveries.size(); i++) {
            // Equal times would let the heap choose: the order is the one that was given.
            queue.add(new Letter(i, deliveries.get(i), 1, Long.MIN_VALUE / 2 + i));
        }
        long started = System.nanoTime();
        List<Throwable> broken = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Door door : doors) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    work(door);
                } catch (RuntimeException | Error e) {
                    synchronized (broken) {
                        broken.add(e);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException("a worker ended early", broken.getFirst());
        }
        return new Tally(deliveries.size(), attempts, mostAttempts, dead, (System.nanoTime() - started) / 1e9);
    }

    private void work(Door door) throws InterruptedException {
        for (List<Letter> batch = take(); !batch.isEmpty(); batch = take()) {
            Set<Integer> failed =
                    door.deliver(batch.stream().map(Letter::parcel).toList());
            settle(batch, failed);
        }
    }

    /** The next letters that are ready; none when everything is delivered or given up. */
    private synchronized List<Letter> take() throws InterruptedException {
        while (true) {
            List<Letter> batch = new ArrayList<>();
            while (batch.size() < BATCH && !queue.isEmpty() && queue.peek().readyAt() <= System.nanoTime()) {
                batch.add(queue.remove());
            }
            if (!batch.isEmpty()) {
                underWay += batch.size();
                return batch;
            }
            if (queue.isEmpty() && underWay == 0) {
                return List.of();
            }
            wait(2);
        }
    }

    private synchronized void settle(List<Letter> batch, Set<Integer> failed) {
        Map<Integer, Letter> byId = new HashMap<>();
        batch.forEach(letter -> byId.put(letter.id(), letter));
        attempts += batch.size();
        batch.forEach(letter -> mostAttempts = Math.max(mostAttempts, letter.attempt()));
        for (int id : failed) {
            Letter letter = byId.get(id);
            if (letter.attempt() == limit) {
                dead++;
            } else {
                long wait = pause.toNanos() << Math.min(5, letter.attempt() - 1);
                queue.add(new Letter(id, letter.post(), letter.attempt() + 1, System.nanoTime() + wait));
            }
        }
        underWay -= batch.size();
        notifyAll();
    }
}
