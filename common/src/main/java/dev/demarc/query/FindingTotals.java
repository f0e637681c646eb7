package dev.demarc.query;

import dev.demarc.json.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How many findings are open, by category and priority band. */
public record FindingTotals(Map<Category, Map<Priority.Band, Long>> counts) {
    public FindingTotals {
        counts = Collections.unmodifiableMap(counts);
    }

    /** The totals of the filter's findings; upper bounds where {@link Counts#exact} is false for it. */
    public static FindingTotals of(Posture posture, FindingFilter filter) {
        Map<Category, Map<Priority.Band, Long>> counts = new EnumMap<>(Category.class);
        // CORRECT has no finding.
        for (Category category : List.of(Category.ADD_VALIDATION, Category.REMEDIATE)) {
            Map<Priority.Band, Long> bands = new EnumMap<>(Priority.Band.class);
            for (Priority.Band band : Priority.Band.values()) {
                bands.put(band, 0L);
            }
            counts.put(category, bands);
        }
        for (Counts.Group group : posture.counts(filter, List.of(Dimension.CATEGORY, Dimension.BAND))
                .groups()) {
            Category category = Category.valueOf(value(group, Dimension.CATEGORY));
            Priority.Band band = Priority.Band.valueOf(value(group, Dimension.BAND));
            counts.getOrDefault(category, new EnumMap<>(Priority.Band.class)).merge(band, group.count(), Long::sum);
        }
        return new FindingTotals(counts);
    }

    private static String value(Counts.Group group, Dimension dimension) {
        return Objects.requireNonNull(group.values().get(dimension));
    }

    public long total() {
        return counts.values().stream()
                .flatMap(bands -> bands.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    public Json json() {
        Json.Builder json = Json.object().with("total", total());
        counts.forEach((category, bands) -> {
            Json.Builder byBand = Json.object();
            bands.forEach((band, count) -> byBand.with(band.name(), count));
            json.with(category.name(), byBand.build());
        });
        return json.build();
    }
}
