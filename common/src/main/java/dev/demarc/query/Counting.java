package dev.demarc.query;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts findings by dimensions, from counters. */
final class Counting {
    private static final Comparator<Counts.Group> LARGEST = Comparator.comparingLong(Counts.Group::count)
            .reversed()
            .thenComparing(group -> group.values().toString());

    private Counting() {}

    static Counts counts(Matching matching, List<Dimension> by) {
        Map<Map<Dimension, String>, Long> groups = new HashMap<>();
        if (by.contains(Dimension.ACCOUNT)) {
            matching.buckets()
                    .forEach(bucket ->
                            add(groups, bucket.kind(), Optional.of(bucket.key().account()), by, bucket.count()));
        } else {
            byKind(matching.buckets()).forEach((kind, count) -> add(groups, kind, Optional.empty(), by, count));
        }
        matching.ofTypes().forEach(finding -> add(groups, finding, finding.account(), by, 1L));
        long total = matching.buckets().stream().mapToLong(Bucket::count).sum()
                + matching.ofTypes().size();
        return counts(groups, total, matching.isExact());
    }

    /** There are few kinds, each one object, and many buckets of each. */
    private static IdentityHashMap<Finding, Long> byKind(List<Bucket> buckets) {
        IdentityHashMap<Finding, Long> counts = new IdentityHashMap<>();
        buckets.forEach(bucket -> counts.merge(bucket.kind(), bucket.count(), Long::sum));
        return counts;
    }

    static Counts counts(List<Finding> findings, List<Dimension> by) {
        Map<Map<Dimension, String>, Long> groups = new HashMap<>();
        findings.forEach(finding -> add(groups, finding, finding.account(), by, 1L));
        return counts(groups, findings.size(), true);
    }

    /** The groups that have a value of the dimension. */
    static Counts facet(Counts counts, Dimension dimension) {
        List<Counts.Group> groups = counts.groups().stream()
                .filter(group -> group.values().containsKey(dimension))
                .toList();
        return new Counts(groups, counts.total(), counts.exact());
    }

    private static Counts counts(Map<Map<Dimension, String>, Long> groups, long total, boolean exact) {
        List<Counts.Group> sorted = groups.entrySet().stream()
                .map(one -> new Counts.Group(one.getKey(), one.getValue()))
                .sorted(LARGEST)
                .toList();
        return new Counts(sorted, total, exact);
    }

    /** A dimension without a value, such as the account of a service type, is left out. */
    private static Map<Dimension, String> values(Finding finding, Optional<String> account, List<Dimension> by) {
        Map<Dimension, String> values = new LinkedHashMap<>();
        for (Dimension dimension : by) {
            String value = value(finding, account, dimension);
            if (!value.isEmpty()) {
                values.put(dimension, value);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /** A finding of a control that is mapped to several frameworks counts once under each of them. */
    private static void add(
            Map<Map<Dimension, String>, Long> groups,
            Finding finding,
            Optional<String> account,
            List<Dimension> by,
            long count) {
        Map<Dimension, String> values = values(finding, account, by);
        if (!by.contains(Dimension.FRAMEWORK) || finding.frameworks().isEmpty()) {
            groups.merge(values, count, Long::sum);
            return;
        }
        for (String framework : finding.frameworks()) {
            Map<Dimension, String> one = new LinkedHashMap<>();
            for (Dimension dimension : by) {
                if (dimension == Dimension.FRAMEWORK) {
                    one.put(dimension, framework);
                } else if (values.containsKey(dimension)) {
                    one.put(dimension, values.getOrDefault(dimension, ""));
                }
            }
            groups.merge(Collections.unmodifiableMap(one), count, Long::sum);
        }
    }

    private static String value(Finding finding, Optional<String> account, Dimension dimension) {
        return switch (dimension) {
            case PROVIDER -> finding.provider().word();
            case ACCOUNT -> account.orElse("");
            case SERVICE_CLASS -> finding.serviceClass();
            case SERVICE_TYPE -> finding.serviceType().name();
            case TIER -> finding.tier();
            case PATTERN -> finding.pattern();
            case CONTROL -> finding.control().value();
            case FRAMEWORK -> "";
            case CATEGORY -> finding.category().name();
            case QUESTION -> finding.question().name();
            case VERDICT -> finding.verdict().orElse("");
            case BAND -> finding.priority().band().name();
            case SENSITIVITY -> finding.priority().sensitivity().name();
        };
    }
}
