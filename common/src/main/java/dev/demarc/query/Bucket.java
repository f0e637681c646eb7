package dev.demarc.query;

import dev.demarc.model.Labels;
import dev.demarc.record.RollupKey;
import java.util.Comparator;
import java.util.Optional;

/**
 * The resource findings under one counter: how many, and what they share. {@code kind} is a finding without a resource, as all of them would
 * be; {@code someWaived} says that a waiver of single resources may cover some of them, when none covers all.
 */
record Bucket(RollupKey key, long count, Finding kind, Optional<Finding.Waived> waived, boolean someWaived) {
    static final Comparator<Bucket> ORDER = Comparator.comparing(Bucket::name);

    int score() {
        return kind.priority().score();
    }

    /** Names the bucket in positions and orders buckets of one score. */
    String name() {
        return name(key);
    }

    static String name(RollupKey key) {
        return key.provider().word() + "|" + key.account() + "|" + key.serviceType() + "|" + key.control() + "|"
                + key.verdict() + "|" + word(key.sensitivity()) + "|" + word(key.criticality()) + "|" + key.exposed();
    }

    private static String word(Optional<Labels.Level> level) {
        return level.map(Enum::name).orElse("");
    }
}
