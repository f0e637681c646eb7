package dev.demarc.query;

import java.util.List;

/** What a filter wants, as far as counters tell: the buckets with wanted findings, and the wanted findings without a resource. */
record Matching(Wanted wanted, List<Bucket> buckets, List<Finding> ofTypes) {
    Matching {
        buckets = List.copyOf(buckets);
        ofTypes = List.copyOf(ofTypes);
    }

    /** Whether every finding of the buckets is wanted. */
    boolean isExact() {
        return buckets.stream().noneMatch(wanted::asksEachOf);
    }

    /** How many findings are wanted for certain. */
    long certain() {
        return ofTypes.size()
                + buckets.stream()
                        .filter(bucket -> !wanted.asksEachOf(bucket))
                        .mapToLong(Bucket::count)
                        .sum();
    }
}
