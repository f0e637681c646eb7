package dev.demarc.query;

import dev.demarc.json.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many findings are open, by category and priority band. */
public record FindingTotals(Map<Category, Map<Priority.Band, Long>> counts) {
    public FindingTotals {
        counts = Collections.unmodifiableMap(counts);
    }

    public static FindingTotals of(List<Finding> findings) {
        Map<Category, Map<Priority.Band, Long>> counts = new EnumMap<>(Category.class);
        // CORRECT has no finding.
        for (Category category : List.of(Category.ADD_VALIDATION, Category.REMEDIATE)) {
            Map<Priority.Band, Long> bands = new EnumMap<>(Priority.Band.class);
            for (Priority.Band band : Priority.Band.values()) {
                bands.put(
                        band,
                        findings.stream()
                                .filter(one -> one.category() == category
                                        && one.priority().band() == band)
                                .count());
            }
            counts.put(category, bands);
        }
        return new FindingTotals(counts);
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
