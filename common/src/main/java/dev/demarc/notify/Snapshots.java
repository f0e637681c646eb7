package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.query.Audit;
import dev.demarc.query.Category;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps the counts of each day (UTC) for the trend: pairs of resource and control by category. The first of a day stays. */
final class Snapshots {
    private Snapshots() {}

    /** Takes the day's snapshot when there is none yet; asks for the audit only then. */
    static boolean take(Documents documents, Scope scope, Supplier<Audit> audit, Instant now) {
        LocalDate day = now.atZone(ZoneOffset.UTC).toLocalDate();
        if (documents.document(scope, Kind.SNAPSHOT, day.toString()).isPresent()) {
            return false;
        }
        return documents.write(
                scope,
                new Documents.Write(Kind.SNAPSHOT, day.toString(), 0, now, scope.subject(), body(audit.get(), now)));
    }

    private static Json body(Audit audit, Instant now) {
        return Json.object()
                .with("at", now.toString())
                .with("total", counts(audit.categories()))
                .with("providers", grouped(audit, row -> row.provider().word()))
                .with("classes", grouped(audit, Audit.Row::serviceClass))
                .build();
    }

    private static Json grouped(Audit audit, Function<Audit.Row, String> group) {
        Map<String, Map<Category, Long>> groups = new TreeMap<>();
        for (Audit.Row row : audit.rows()) {
            Map<Category, Long> counts =
                    groups.computeIfAbsent(group.apply(row), ignored -> new EnumMap<>(Category.class));
            for (Category category : Category.values()) {
                counts.merge(category, row.count(category), Long::sum);
            }
        }
        Json.Builder json = Json.object();
        groups.forEach((name, counts) -> json.with(name, counts(counts)));
        return json.build();
    }

    static Json counts(Map<Category, Long> counts) {
        Json.Builder json = Json.object();
        for (Category category : Category.values()) {
            json.with(category.name(), counts.getOrDefault(category, 0L));
        }
        return json.build();
    }
}
