package dev.demarc.record.dynamodb;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
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
record Table(DynamoDbClient client, String name) {
    static final String TTL = "ttl";

    static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static Map<String, AttributeValue> item(Map<String, AttributeValue> key, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.putAll(attributes);
        return item;
    }

    /** The text of an attribute; empty when it has none. */
    static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }

    /** The whole number of an attribute; 0 when it has none. */
    static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? 0 : Long.parseLong(value.n());
    }

    /** The order of the table itself: sort keys by their bytes. */
    static Comparator<Map<String, AttributeValue>> by(String name) {
        return Comparator.comparing(
                item -> text(item, name).getBytes(java.nio.charset.StandardCharsets.UTF_8), Arrays::compareUnsigned);
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

    void put(Map<String, AttributeValue> item) {
        client.putItem(request -> request.tableName(name).item(item));
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

    /** The items of a partition whose sort keys begin so. */
    Stream<Map<String, AttributeValue>> beginning(String partition, String sort) {
        return sort.isEmpty()
                ? query(QueryRequest.builder()
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", s(partition)))
                        .consistentRead(true))
                : query(QueryRequest.builder()
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :sort)")
                        .expressionAttributeValues(Map.of(":pk", s(partition), ":sort", s(sort)))
                        .consistentRead(true));
    }

    /** The items of a partition after a sort key, fetched page by page as they are asked for; all when it is empty. */
    Iterator<Map<String, AttributeValue>> after(String partition, String sort, int page) {
        QueryRequest.Builder request =
                QueryRequest.builder().consistentRead(true).limit(Math.max(1, page));
        return (sort.isEmpty()
                        ? query(request.keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(Map.of(":pk", s(partition))))
                        : query(request.keyConditionExpression("pk = :pk AND sk > :sort")
                                .expressionAttributeValues(Map.of(":pk", s(partition), ":sort", s(sort)))))
                .iterator();
    }

    Stream<Map<String, AttributeValue>> query(QueryRequest.Builder request) {
        return client.queryPaginator(request.tableName(name).build()).items().stream();
    }

    private static Optional<Map<String, AttributeValue>> present(Map<String, AttributeValue> item) {
        return Optional.of(item).filter(found -> !found.isEmpty());
    }
}
