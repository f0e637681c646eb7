package dev.demarc.query;

import dev.demarc.record.StoredFinding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Reads findings the most urgent first: by score, then those without a resource, then bucket by bucket, each in id order. */
final class PriorityOrder {
    // Sorts after every id.
    private static final String LAST = "\uFFFF";

    private final Facts facts;
    private final ResourceFindings resourceFindings;

    PriorityOrder(Facts facts, ResourceFindings resourceFindings) {
        this.facts = facts;
        this.resourceFindings = resourceFindings;
    }

    /** Fills the page with what comes after the position. */
    void fill(PageInMaking page, Matching matching, Position.ByPriority after) {
        for (int score : matching.scores()) {
            if (score > after.score()) {
                continue;
            }
            matching.ofTypes(score).stream()
                    .sorted(Comparator.comparing(Finding::id))
                    .forEach(finding -> {
                        Position.ByPriority position = new Position.ByPriority(score, "", finding.id());
                        if (Position.ByPriority.ORDER.compare(position, after) > 0) {
                            page.add(finding, position);
                        }
                    });
            if (!page.isDone()) {
                read(page, matching, score, after);
            }
            if (page.isDone()) {
                return;
            }
        }
    }

    private void read(PageInMaking page, Matching matching, int score, Position.ByPriority after) {
        boolean within = score == after.score();
        SortedMap<String, Bucket> buckets = matching.buckets(score);
        Map<String, Bucket> left = within ? buckets.tailMap(after.bucket()) : buckets;
        for (Map.Entry<String, Bucket> one : left.entrySet()) {
            boolean begun = within && one.getKey().equals(after.bucket());
            if (begun && after.id().equals(LAST)) {
                continue;
            }
            read(page, matching.wanted(), one.getValue(), one.getKey(), begun ? after.id() : "");
            if (page.isDone()) {
                return;
            }
        }
    }

    private void read(PageInMaking page, Wanted wanted, Bucket bucket, String name, String afterId) {
        String after = afterId;
        boolean each = wanted.asksEachOf(bucket);
        boolean more = true;
        while (more && !page.isDone()) {
            int limit = each ? page.step() : page.missing();
            List<StoredFinding> stored = facts.reads().findings(facts.scope(), bucket.key(), after, limit);
            page.read();
            for (StoredFinding one : stored) {
                Position.ByPriority position = new Position.ByPriority(bucket.score(), name, one.id());
                page.examine(position);
                resourceFindings.of(one).filter(wanted::all).ifPresent(finding -> page.add(finding, position));
                after = one.id();
                if (page.isFull()) {
                    return;
                }
            }
            more = stored.size() == limit;
        }
        if (!more) {
            page.pass(new Position.ByPriority(bucket.score(), name, LAST));
        }
    }
}
