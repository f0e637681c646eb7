package dev.demarc.record.dynamodb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Reads and conditional writes of one table. */
final class Table {
    private final DynamoDbClient client;
    private final String name;

    Table(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
    }

    DynamoDbClient client() {
        return client;
    }

    String name() {
        return name;
    }

    static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    static Map<String, AttributeValue> item(Map<String, AttributeValue> key, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.putAll(attributes);
        return item;
    }

    Optional<Map<String, AttributeValue>> find(Map<String, AttributeValue> key) {
        return present(
                client.getItem(request -> request.tableName(name).key(key).consistentRead(true))
                        .item());
    }

    /** Half the price of {@link #find}; the answer may be some moments old. */
    Optional<Map<String, AttributeValue>> findRecent(Map<String, AttributeValue> key) {
        return present(
                client.getItem(request -> request.tableName(name).key(key)).item());
    }

    /** Writes the item when the condition holds; else answers the item that is there. */
    Optional<Map<String, AttributeValue>> putUnless(
            Map<String, AttributeValue> item,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        try {
            client.putItem(PutItemRequest.builder()
                    .tableName(name)
                    .item(item)
                    .conditionExpression(condition)
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
            return Optional.empty();
        } catch (ConditionalCheckFailedException refused) {
            return Optional.of(refused.item());
        }
    }

    Stream<Map<String, AttributeValue>> query(String condition, Map<String, AttributeValue> values) {
        return query(QueryRequest.builder()
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .consistentRead(true));
    }

    Stream<Map<String, AttributeValue>> query(QueryRequest.Builder request) {
        return client.queryPaginator(request.tableName(name).build()).items().stream();
    }

    List<Map<String, AttributeValue>> firstOf(QueryRequest.Builder request, int limit) {
        return query(request.limit(limit)).limit(limit).toList();
    }

    private static Optional<Map<String, AttributeValue>> present(Map<String, AttributeValue> item) {
        return Optional.of(item).filter(found -> !found.isEmpty());
    }
}
