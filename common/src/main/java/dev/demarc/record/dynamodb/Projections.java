package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.json.JsonReader;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore.Projection;
import dev.demarc.record.CentralStore.RollupKey;
import dev.demarc.record.CentralStore.StoredFinding;
import dev.demarc.record.StoredFindingJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Turns a projection into the actions of one transaction, and counter items back into counters. */
final class Projections {
    private static final int ACTIONS_OF_ONE_TRANSACTION = 100;
    private static final String SEPARATOR = "|";
    private static final String COUNT = "n";

    private Projections() {}

    /** The actions; the first one is the guard, which fails unless {@code stored} is still the projected item. */
    static List<TransactWriteItem> actions(
            String table,
            Optional<Map<String, AttributeValue>> stored,
            Observation observation,
            Instant now,
            Projection projection) {
        List<TransactWriteItem> actions = new ArrayList<>();
        actions.add(guard(table, stored, observation, now));
        Set<String> upserted = new HashSet<>();
        for (StoredFinding finding : projection.upserts()) {
            upserted.add(finding.id());
            actions.add(put(table, finding));
        }
        for (String id : projection.closedFindings()) {
            if (!upserted.contains(id)) {
                actions.add(delete(table, projection.resource(), id));
            }
        }
        projection.deltas().forEach((counter, delta) -> {
            if (delta != 0) {
                actions.add(add(table, counter, delta));
            }
        });
        if (actions.size() > ACTIONS_OF_ONE_TRANSACTION) {
            throw new IllegalArgumentException("the projection of " + projection.resource() + " needs " + actions.size()
                    + " writes, and one transaction takes " + ACTIONS_OF_ONE_TRANSACTION
                    + "; split the controls of " + observation.serviceType());
        }
        return actions;
    }

    private static TransactWriteItem guard(
            String table, Optional<Map<String, AttributeValue>> stored, Observation observation, Instant now) {
        Put.Builder put = Put.builder()
                .tableName(table)
                .item(ObservationItems.item(Keys.projected(observation.resource()), observation, now));
        stored.ifPresentOrElse(
                item -> put.conditionExpression("#version = :version AND #body = :body")
                        .expressionAttributeNames(
                                Map.of("#version", ObservationItems.VERSION, "#body", ObservationItems.BODY))
                        .expressionAttributeValues(Map.of(
                                ":version", s(Claims.text(item, ObservationItems.VERSION)),
                                ":body", s(Claims.text(item, ObservationItems.BODY)))),
                () -> put.conditionExpression("attribute_not_exists(pk)"));
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private static TransactWriteItem put(String table, StoredFinding finding) {
        Map<String, AttributeValue> item = Table.item(
                Keys.finding(finding.resource().key(), finding.id()),
                Map.of(ObservationItems.BODY, s(StoredFindingJson.write(finding).write())));
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item))
                .build();
    }

    private static TransactWriteItem delete(String table, ResourceId resource, String id) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table).key(Keys.finding(resource.key(), id)))
                .build();
    }

    private static TransactWriteItem add(String table, RollupKey counter, long delta) {
        String sort = String.join(SEPARATOR, counter.serviceType().name(), counter.control(), counter.verdict());
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(Keys.rollup(counter.provider(), counter.account(), sort))
                        .updateExpression("ADD #n :delta SET provider = :provider, account = :account,"
                                + " serviceType = :type, control = :control, verdict = :verdict")
                        .expressionAttributeNames(Map.of("#n", COUNT))
                        .expressionAttributeValues(Map.of(
                                ":delta", AttributeValue.fromN(Long.toString(delta)),
                                ":provider", s(counter.provider().word()),
                                ":account", s(counter.account()),
                                ":type", s(counter.serviceType().name()),
                                ":control", s(counter.control()),
                                ":verdict", s(counter.verdict()))))
                .build();
    }

    static RollupKey counter(Map<String, AttributeValue> item) {
        return new RollupKey(
                Provider.of(Claims.text(item, "provider")),
                Claims.text(item, "account"),
                new ServiceType(Claims.text(item, "serviceType")),
                Claims.text(item, "control"),
                Claims.text(item, "verdict"));
    }

    static long count(Map<String, AttributeValue> item) {
        AttributeValue count = item.get(COUNT);
        return count == null ? 0 : Long.parseLong(count.n());
    }

    static StoredFinding finding(Map<String, AttributeValue> item) {
        return StoredFindingJson.read(JsonReader.parse(Claims.text(item, ObservationItems.BODY)));
    }
}
