package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.n;
import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.model.ResourceId;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.HistoryEntryJson;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The steps of a resource's history. The newest one is in the projected item, written in the transaction that made it; before that item is
 * written again, the step gets an item of its own here.
 */
final class HistoryItems {
    private static final Duration LIFE = Duration.ofDays(400);

    private final Table table;

    HistoryItems(Table table) {
        this.table = table;
    }

    /** Safe to repeat: a step never changes once it was projected. */
    void keep(HistoryEntry entry) {
        table.put(Table.item(
                Keys.key(Keys.history(entry.resource()), Keys.step(entry.resource(), entry.id())),
                Map.of(
                        Body.NAME, Body.of(HistoryEntryJson.write(entry)),
                        Table.TTL, n(entry.at().plus(LIFE).getEpochSecond()))));
    }

    /** The newest first, with the newest one of all, which was read before. */
    List<HistoryEntry> before(Optional<HistoryEntry> newest, ResourceId resource, String beforeId, int limit) {
        TreeMap<String, HistoryEntry> entries = new TreeMap<>(Comparator.reverseOrder());
        String first = Keys.step(resource, "");
        table.query(QueryRequest.builder()
                        .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :last")
                        .expressionAttributeValues(Map.of(
                                ":pk", s(Keys.history(resource)),
                                ":first", s(first),
                                ":last", s(beforeId.isEmpty() ? first + "~" : Keys.step(resource, beforeId))))
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(limit + 1))
                .map(item -> HistoryEntryJson.read(Body.in(item)))
                .filter(entry ->
                        entry.resource().equals(resource) && !entry.id().equals(beforeId))
                .limit(limit)
                .forEach(entry -> entries.put(entry.id(), entry));
        newest.filter(entry -> beforeId.isEmpty() || entry.id().compareTo(beforeId) < 0)
                .ifPresent(entry -> entries.put(entry.id(), entry));
        return entries.values().stream().limit(limit).toList();
    }
}
