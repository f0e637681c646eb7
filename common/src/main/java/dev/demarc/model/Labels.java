package dev.demarc.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Data sensitivity, business criticality, owner and workload as the resource's own tags state them; empty where they say nothing usable. */
public record Labels(
        Optional<Level> sensitivity, Optional<Level> criticality, Optional<String> owner, Optional<String> workload) {
    public static final Labels NONE =
            new Labels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Labels(Optional<Level> sensitivity, Optional<Level> criticality, Optional<String> owner) {
        this(sensitivity, criticality, owner, Optional.empty());
    }

    /** How much, from 1 (public, minor) to 4 (restricted, vital). */
    public enum Level {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL;

        public int weight() {
            return ordinal() + 1;
        }

        /** Understands the usual words: public/internal/confidential/restricted and low/medium/high/critical. */
        public static Optional<Level> of(String word) {
            return switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "public", "low", "minor", "none" -> Optional.of(LOW);
                case "internal", "medium", "moderate", "normal" -> Optional.of(MEDIUM);
                case "confidential", "high", "important", "sensitive" -> Optional.of(HIGH);
                case "restricted", "secret", "critical", "vital", "mission-critical" -> Optional.of(CRITICAL);
                default -> Optional.empty();
            };
        }
    }

    /** Reads labels from tags by the given keys, compared without case. */
    public static Labels from(Map<String, String> tags, TagKeys keys) {
        return new Labels(
                find(tags, keys.sensitivity()).flatMap(Level::of),
                find(tags, keys.criticality()).flatMap(Level::of),
                find(tags, keys.owner()).filter(owner -> !owner.isBlank()),
                find(tags, keys.workload()).filter(workload -> !workload.isBlank()));
    }

    private static Optional<String> find(Map<String, String> tags, Iterable<String> keys) {
        for (String key : keys) {
            for (Map.Entry<String, String> tag : tags.entrySet()) {
                if (tag.getKey().equalsIgnoreCase(key)) {
                    return Optional.of(tag.getValue());
                }
            }
        }
        return Optional.empty();
    }
}
