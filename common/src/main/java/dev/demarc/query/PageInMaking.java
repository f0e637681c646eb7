package dev.demarc.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects one page. One finding more than asked for shows that there is a next page; a page also ends when so many stored findings were
 * examined for it that the next should be another request.
 */
final class PageInMaking {
    /** How many stored findings are examined for one page at most. */
    static final int BUDGET = 2000;

    /** How often the store is asked for one page at most: many counters may count one finding each. */
    static final int READS = 200;

    // Where each finding has to be looked at, they are read in larger steps.
    private static final int STEP = 250;

    private record Placed(Finding finding, Position position) {}

    private final int size;
    private final List<Placed> placed = new ArrayList<>();
    private Optional<Position> last = Optional.empty();
    private int examined;
    private int reads;

    PageInMaking(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a page has at least one finding; got " + size);
        }
        this.size = size;
    }

    void add(Finding finding, Position position) {
        if (!isFull()) {
            placed.add(new Placed(finding, position));
        }
    }

    /** One stored finding was read, whether it is wanted or not. */
    void examine(Position position) {
        examined++;
        last = Optional.of(position);
    }

    /** The store was asked once. */
    void read() {
        reads++;
    }

    /** Everything up to the position has been seen. */
    void pass(Position position) {
        last = Optional.of(position);
    }

    boolean isFull() {
        return placed.size() > size;
    }

    boolean isSpent() {
        return examined >= BUDGET || reads >= READS;
    }

    boolean isDone() {
        return isFull() || isSpent();
    }

    /** How many to read next when every one of them will be on the page. */
    int missing() {
        return Math.min(BUDGET - examined, size + 1 - placed.size());
    }

    /** How many to read next when some of them may not be wanted. */
    int step() {
        return Math.min(BUDGET - examined, Math.max(STEP, size + 1 - placed.size()));
    }

    List<Finding> findings() {
        return placed.stream().limit(size).map(Placed::finding).toList();
    }

    /** How many findings were seen to be wanted from this page on. */
    int seen() {
        return placed.size();
    }

    Optional<Position> next() {
        if (isFull()) {
            return Optional.of(placed.get(size - 1).position());
        }
        return isSpent() ? last : Optional.empty();
    }
}
