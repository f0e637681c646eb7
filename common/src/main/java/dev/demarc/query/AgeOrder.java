package dev.demarc.query;

import dev.demarc.record.ScopedReads.AgeMark;
import dev.demarc.record.StoredFinding;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads findings the oldest first, those without a resource merged in; what has no beginning comes last. */
final class AgeOrder {
    private static final Comparator<Finding> OLDEST = Comparator.comparing(Position.ByAge::of, Position.ByAge.ORDER);

    private static final int FEW_BUCKETS = 50;

    private final Facts facts;
    private final ResourceFindings resourceFindings;

    AgeOrder(Facts facts, ResourceFindings resourceFindings) {
        this.facts = facts;
        this.resourceFindings = resourceFindings;
    }

    /** Fills the page with what comes after the position. */
    void fill(PageInMaking page, Matching matching, Position.ByAge after) {
        Wanted wanted = matching.wanted();
        List<Bucket> buckets = matching.buckets();
        Deque<Finding> waiting = new ArrayDeque<>(matching.ofTypes().stream()
                .filter(finding -> Position.ByAge.ORDER.compare(Position.ByAge.of(finding), after) > 0)
                .sorted(OLDEST)
                .toList());
        if (after.since().isPresent() && !buckets.isEmpty()) {
            AgeMark mark = new AgeMark(after.since().get(), after.id());
            long count = buckets.stream().mapToLong(Bucket::count).sum();
            // The store's order by age holds everything; where little is wanted, that little is read and sorted here.
            if (buckets.size() <= FEW_BUCKETS && count < PageInMaking.BUDGET / 2 && count < stored() / 2) {
                pick(page, wanted, buckets, waiting, mark);
            } else {
                scan(page, wanted, buckets, waiting, mark);
            }
        }
        if (!page.isSpent()) {
            waiting.forEach(finding -> page.add(finding, Position.ByAge.of(finding)));
        }
    }

    private long stored() {
        return facts.rollups().entrySet().stream()
                .filter(one -> one.getKey().hasFindings())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void scan(PageInMaking page, Wanted wanted, List<Bucket> buckets, Deque<Finding> waiting, AgeMark start) {
        AgeMark mark = start;
        boolean each = buckets.stream().mapToLong(Bucket::count).sum() < stored()
                || buckets.stream().anyMatch(wanted::asksEachOf);
        boolean more = true;
        while (more && !page.isDone()) {
            int limit = each ? page.step() : page.missing();
            List<StoredFinding> stored = facts.reads().findingsByAge(facts.scope(), mark, limit);
            page.read();
            for (StoredFinding one : stored) {
                mark = new AgeMark(one.since(), one.id());
                add(page, wanted, waiting, one);
                if (page.isFull()) {
                    return;
                }
            }
            more = stored.size() == limit;
        }
    }

    private void pick(PageInMaking page, Wanted wanted, List<Bucket> buckets, Deque<Finding> waiting, AgeMark start) {
        Instant since = start.since();
        List<StoredFinding> picked = buckets.stream()
                .flatMap(
                        bucket -> facts.reads().findings(facts.scope(), bucket.key(), "", PageInMaking.BUDGET).stream())
                .filter(one -> one.since().isAfter(since)
                        || (one.since().equals(since) && one.id().compareTo(start.id()) > 0))
                .sorted(Comparator.comparing(StoredFinding::since).thenComparing(StoredFinding::id))
                .toList();
        for (StoredFinding one : picked) {
            add(page, wanted, waiting, one);
            if (page.isDone()) {
                return;
            }
        }
    }

    private void add(PageInMaking page, Wanted wanted, Deque<Finding> waiting, StoredFinding one) {
        Position.ByAge position = new Position.ByAge(Optional.of(one.since()), one.id());
        while (!waiting.isEmpty()
                && Position.ByAge.ORDER.compare(Position.ByAge.of(waiting.getFirst()), position) < 0) {
            Finding finding = waiting.removeFirst();
            page.add(finding, Position.ByAge.of(finding));
        }
        page.examine(position);
        resourceFindings.of(one).filter(wanted::all).ifPresent(finding -> page.add(finding, position));
    }
}
