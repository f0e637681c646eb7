package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.n;

import dev.demarc.json.Json;
import dev.demarc.model.ResourceId;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.HistoryEntryJson;
import dev.demarc.record.Projected;
import dev.demarc.record.ProjectedJson;
import dev.demarc.record.Projection;
import dev.demarc.record.StoredFinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What is projected of each resource, with the newest step of its history; and the transaction that takes it a step further. */
final class ProjectedItems {
    /** Counts the writes of an item: whoever read it may replace it as long as this has not moved. */
    private static final String TURN = "turn";

    private static final String STEP = "newest";
    private static final String OBSERVATION = "observation";
    private static final String RESOURCE = "resource";
    // As long as history is kept, whose newest step is here.
    private static final Duration TOMBSTONE_LIFE = Duration.ofDays(400);

    private final Table table;
    private final Transactions transactions;
    private final FindingItems findings;
    private final CounterItems counters;
    private final HistoryItems history;

    ProjectedItems(Table table, FindingItems findings, CounterItems counters, HistoryItems history) {
        this.table = table;
        this.transactions = new Transactions(table);
        this.findings = findings;
        this.counters = counters;
        this.history = history;
    }

    Optional<Projected> find(ResourceId resource) {
        return table.find(Keys.projected(resource)).map(ProjectedItems::read);
    }

    List<HistoryEntry> history(ResourceId resource, String beforeId, int limit) {
        Optional<HistoryEntry> newest = table.find(Keys.projected(resource)).flatMap(ProjectedItems::step);
        return history.before(newest, resource, beforeId, limit);
    }

    boolean project(Projection projection, Instant now) {
        Optional<Json> expected = projection.expected().map(ProjectedJson::write);
        return transactions.apply(() -> {
            Optional<Map<String, AttributeValue>> stored = table.find(Keys.projected(projection.resource()));
            if (!stored.map(ProjectedItems::read).map(ProjectedJson::write).equals(expected)) {
                return List.of();
            }
            if (projection.history().isPresent()) {
                // Before the step leaves the item, and of a projection that stands: true whatever becomes of this one.
                stored.flatMap(ProjectedItems::step).ifPresent(history::keep);
            }
            return actions(stored, projection, now);
        });
    }

    private List<TransactWriteItem> actions(
            Optional<Map<String, AttributeValue>> stored, Projection projection, Instant now) {
        List<TransactWriteItem> actions = new ArrayList<>();
        actions.add(guard(stored, projection, now));
        actions.addAll(counters.add(projection));
        Set<Map<String, AttributeValue>> written = new HashSet<>();
        for (StoredFinding finding : projection.upserts()) {
            written.add(Keys.finding(finding));
            actions.add(findings.put(finding));
        }
        projection.removed().stream()
                .filter(finding -> !written.contains(Keys.finding(finding)))
                .map(findings::delete)
                .forEach(actions::add);
        if (actions.size() > Transactions.ACTIONS) {
            throw new IllegalArgumentException("the projection of " + projection.resource() + " needs " + actions.size()
                    + " writes, and one transaction takes " + Transactions.ACTIONS + "; split the controls of "
                    + projection.now().observation().serviceType());
        }
        return actions;
    }

    private TransactWriteItem guard(Optional<Map<String, AttributeValue>> stored, Projection projection, Instant now) {
        Optional<HistoryEntry> step = projection.history().or(() -> stored.flatMap(ProjectedItems::step));
        long turn = stored.map(item -> Table.number(item, TURN)).orElse(0L);
        Put.Builder put = Put.builder().tableName(table.name()).item(item(projection.now(), step, turn + 1, now));
        if (stored.isPresent()) {
            put.conditionExpression("#turn = :turn")
                    .expressionAttributeNames(Map.of("#turn", TURN))
                    .expressionAttributeValues(Map.of(":turn", n(turn)));
        } else {
            put.conditionExpression("attribute_not_exists(pk)");
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }

    static Map<String, AttributeValue> item(Projected projected, Optional<HistoryEntry> step, long turn, Instant now) {
        ResourceId resource = projected.resource();
        Json json = ProjectedJson.write(projected);
        if (Keys.isWhole(resource)) {
            json = Body.with(json, OBSERVATION, Body.without(json.at(OBSERVATION), RESOURCE));
        }
        Json.Builder body = Json.object();
        json.members().forEach(body::with);
        body.withPresent(STEP, step.map(HistoryEntryJson::write).map(entry -> Body.without(entry, RESOURCE)));
        Map<String, AttributeValue> item = new HashMap<>(Keys.projected(resource));
        item.put(TURN, n(turn));
        item.put(Body.NAME, Body.of(body.build()));
        if (!projected.observation().isLive()) {
            item.put(Table.TTL, n(now.plus(TOMBSTONE_LIFE).getEpochSecond()));
        }
        return item;
    }

    static Projected read(Map<String, AttributeValue> item) {
        Json body = Body.objectIn(item);
        Json observation = Body.with(body.at(OBSERVATION), RESOURCE, resource(item, body));
        return ProjectedJson.read(Body.with(body, OBSERVATION, observation));
    }

    /** The newest step of the resource's history. */
    static Optional<HistoryEntry> step(Map<String, AttributeValue> item) {
        Json body = Body.objectIn(item);
        return body.at(STEP).isObject()
                ? Optional.of(HistoryEntryJson.read(Body.with(body.at(STEP), RESOURCE, resource(item, body))))
                : Optional.empty();
    }

    private static Json resource(Map<String, AttributeValue> item, Json body) {
        Json written = body.at(OBSERVATION).at(RESOURCE);
        return written.isNull() ? Json.of(Table.text(item, Keys.SK)) : written;
    }
}
