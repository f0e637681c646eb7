package dev.demarc.query;

import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Filters by the names of their parts, and the same question asked of a finding in the plainest way. */
final class Filters {
    private Filters() {}

    static FindingFilter of(String name, String value) {
        return of(Map.of(name, Set.of(value)));
    }

    static FindingFilter of(Map<String, Set<String>> parts) {
        return new FindingFilter(
                values(parts, "provider", word -> Provider.valueOf(word.toUpperCase(Locale.ROOT))),
                values(parts, "account", word -> word),
                values(parts, "region", word -> word),
                values(parts, "class", word -> word),
                values(parts, "serviceType", word -> word),
                values(parts, "tier", word -> word),
                values(parts, "pattern", word -> word),
                values(parts, "control", word -> word),
                values(parts, "owner", word -> word),
                values(parts, "category", Category::valueOf),
                values(parts, "question", Question::valueOf),
                values(parts, "verdict", word -> word),
                values(parts, "band", Priority.Band::valueOf),
                values(parts, "minPriority", Integer::valueOf).stream()
                        .findFirst()
                        .orElse(0),
                values(parts, "sensitivity", Labels.Level::valueOf),
                values(parts, "waived", Boolean::valueOf).stream().findFirst(),
                values(parts, "workload", word -> word),
                values(parts, "framework", word -> word),
                values(parts, "resource", word -> word),
                values(parts, "changedSince", Instant::parse).stream().findFirst());
    }

    private static <T> Set<T> values(Map<String, Set<String>> parts, String name, Function<String, T> read) {
        return parts.getOrDefault(name, Set.of()).stream().map(read).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the finding meets every part. */
    static boolean meets(Finding finding, Map<String, Set<String>> parts) {
        return parts.entrySet().stream().allMatch(part -> meets(finding, part.getKey(), part.getValue()));
    }

    private static boolean meets(Finding finding, String name, Set<String> wanted) {
        String first = wanted.iterator().next();
        return switch (name) {
            case "minPriority" -> finding.priority().score() >= Integer.parseInt(first);
            case "waived" -> Boolean.toString(finding.waived().isPresent()).equals(first);
            case "changedSince" ->
                finding.changedAt()
                        .map(at -> at.compareTo(Instant.parse(first)) >= 0)
                        .orElse(false);
            default -> {
                String value = Objects.requireNonNull(value(finding, name).orElse(""));
                yield wanted.stream()
                        .anyMatch(one -> Set.of("account", "region", "owner", "workload", "resource")
                                        .contains(name)
                                ? one.equals(value)
                                : one.equalsIgnoreCase(value));
            }
        };
    }

    static Optional<String> value(Finding finding, String name) {
        return switch (name) {
            case "provider" -> Optional.of(finding.provider().word());
            case "account" -> finding.account();
            case "region" -> finding.resource().map(key -> key.split("\\|")[2]);
            case "class" -> Optional.of(finding.serviceClass());
            case "serviceType" -> Optional.of(finding.serviceType().name());
            case "tier" -> Optional.of(finding.tier());
            case "pattern" -> Optional.of(finding.pattern());
            case "control" -> Optional.of(finding.control().value());
            case "owner" -> finding.owner();
            case "category" -> Optional.of(finding.category().name());
            case "question" -> Optional.of(finding.question().name());
            case "verdict" -> finding.verdict();
            case "band" -> Optional.of(finding.priority().band().name());
            case "sensitivity" -> Optional.of(finding.priority().sensitivity().name());
            case "workload" -> finding.workload();
            case "resource" -> finding.resource();
            default -> throw new IllegalArgumentException("no part is called " + name);
        };
    }
}
