package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.query.Category;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many pairs of resource and control were in each category, day by day; days without a snapshot are left out. */
public record Trend(List<Day> days) {
    private static final int PAGE = 100;

    /** The counts of one day (UTC), taken at {@code at}: all, by provider word and by service class. */
    public record Day(
            LocalDate day,
            Instant at,
            Map<Category, Long> total,
            Map<String, Map<Category, Long>> byProvider,
            Map<String, Map<Category, Long>> byClass) {}

    public Trend {
        days = List.copyOf(days);
    }

    /**
     * From the first to the last day, both included. The counts are those of the whole tenant, so a scope of some accounts only gets none.
     */
    public static Trend read(Documents documents, Scope scope, LocalDate from, LocalDate to) {
        List<Day> days = new ArrayList<>();
        String after = from.minusDays(1).toString();
        while (scope.isWhole()) {
            List<Document> page = documents.documents(scope, Kind.SNAPSHOT, after, PAGE);
            for (Document document : page) {
                if (document.id().compareTo(to.toString()) > 0) {
                    return new Trend(days);
                }
                days.add(day(document));
            }
            if (page.isEmpty()) {
                break;
            }
            after = page.getLast().id();
        }
        return new Trend(days);
    }

    public Json json() {
        return Json.object()
                .with("days", Json.array(days.stream().map(Trend::json).toList()))
                .build();
    }

    private static Json json(Day day) {
        return Json.object()
                .with("day", day.day().toString())
                .with("at", day.at().toString())
                .with("total", Snapshots.counts(day.total()))
                .with("byProvider", json(day.byProvider()))
                .with("byClass", json(day.byClass()))
                .build();
    }

    private static Json json(Map<String, Map<Category, Long>> groups) {
        Json.Builder json = Json.object();
        groups.forEach((name, counts) -> json.with(name, Snapshots.counts(counts)));
        return json.build();
    }

    private static Day day(Document document) {
        Json body = document.body();
        return new Day(
                LocalDate.parse(document.id()),
                Instant.parse(body.textAt("at", "")),
                counts(body.at("total")),
                groups(body.at("providers")),
                groups(body.at("classes")));
    }

    private static Map<String, Map<Category, Long>> groups(Json json) {
        Map<String, Map<Category, Long>> groups = new TreeMap<>();
        json.members().forEach((name, counts) -> groups.put(name, counts(counts)));
        return groups;
    }

    private static Map<Category, Long> counts(Json json) {
        Map<Category, Long> counts = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            counts.put(category, json.longAt(category.name(), 0));
        }
        return counts;
    }
}
