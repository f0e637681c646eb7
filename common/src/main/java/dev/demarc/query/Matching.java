package dev.demarc.query;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a filter wants, as far as counters tell: the buckets with wanted findings, and the wanted findings without a resource. */
final class Matching {
    private final Wanted wanted;
    private final List<Bucket> buckets;
    private final List<Finding> ofTypes;
    private final Once<Map<Integer, List<Bucket>>> bucketsByScore;
    private final Once<Map<Integer, List<Finding>>> ofTypesByScore;
    private final Map<Integer, SortedMap<String, Bucket>> named = new HashMap<>();

    Matching(Wanted wanted, List<Bucket> buckets, List<Finding> ofTypes) {
        this.wanted = wanted;
        this.buckets = List.copyOf(buckets);
        this.ofTypes = List.copyOf(ofTypes);
        this.bucketsByScore = new Once<>(() -> this.buckets.stream().collect(Collectors.groupingBy(Bucket::score)));
        this.ofTypesByScore = new Once<>(() -> this.ofTypes.stream()
                .collect(Collectors.groupingBy(finding -> finding.priority().score())));
    }

    Wanted wanted() {
        return wanted;
    }

    List<Bucket> buckets() {
        return buckets;
    }

    List<Finding> ofTypes() {
        return ofTypes;
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

    /** The scores that occur, the greatest first. */
    SortedSet<Integer> scores() {
        SortedSet<Integer> scores = new TreeSet<>(Collections.reverseOrder());
        scores.addAll(bucketsByScore.get().keySet());
        scores.addAll(ofTypesByScore.get().keySet());
        return scores;
    }

    List<Finding> ofTypes(int score) {
        return ofTypesByScore.get().getOrDefault(score, List.of());
    }

    /** The buckets of a score by their names, in order; sorted when the score is reached. */
    SortedMap<String, Bucket> buckets(int score) {
        return named.computeIfAbsent(score, one -> {
            SortedMap<String, Bucket> byName = new TreeMap<>();
            bucketsByScore.get().getOrDefault(one, List.of()).forEach(bucket -> byName.put(bucket.name(), bucket));
            return byName;
        });
    }
}
