package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.n;
import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Documents: the newest revision of each in a partition of its tenant and kind, every revision in one of the document's own. */
final class DocumentItems {
    private static final String ID = "id";
    private static final String REVISION = "revision";
    private static final String AT = "at";
    private static final String BY = "by";

    private final Table table;
    private final InstantSource clock;

    DocumentItems(Table table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    Optional<Document> find(String tenant, Kind kind, String id) {
        return table.find(Keys.document(tenant, kind, id))
                .filter(this::isInTime)
                .map(DocumentItems::read);
    }

    List<Document> list(String tenant, Kind kind, String afterId, int limit) {
        var items = table.after(Keys.document(tenant, kind), Keys.sortable(afterId), limit);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, 0), false)
                .filter(this::isInTime)
                .map(DocumentItems::read)
                .limit(limit)
                .toList();
    }

    List<Document> revisions(String tenant, Kind kind, String id) {
        return table.query(QueryRequest.builder()
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", s(Keys.revisions(tenant, kind, id))))
                        .scanIndexForward(false)
                        .consistentRead(true))
                .filter(this::isInTime)
                .map(DocumentItems::read)
                .toList();
    }

    boolean write(String tenant, Write write) {
        List<TransactWriteItem> actions = List.of(
                TransactWriteItem.builder().put(head(tenant, write)).build(),
                TransactWriteItem.builder()
                        .put(put -> put.tableName(table.name())
                                .item(item(
                                        Keys.key(
                                                Keys.revisions(tenant, write.kind(), write.id()),
                                                sortable(write.expected() + 1)),
                                        write)))
                        .build());
        return new Transactions(table).apply(() -> actions);
    }

    private Put head(String tenant, Write write) {
        Put.Builder put = Put.builder()
                .tableName(table.name())
                .item(item(Keys.document(tenant, write.kind(), write.id()), write));
        AttributeValue now = n(clock.instant().getEpochSecond());
        return write.expected() == 0
                // What has expired may stay in the table for some days, and counts as gone.
                ? put.conditionExpression("attribute_not_exists(pk) OR #ttl <= :now")
                        .expressionAttributeNames(Map.of("#ttl", Table.TTL))
                        .expressionAttributeValues(Map.of(":now", now))
                        .build()
                : put.conditionExpression("#revision = :expected AND (attribute_not_exists(#ttl) OR #ttl > :now)")
                        .expressionAttributeNames(Map.of("#revision", REVISION, "#ttl", Table.TTL))
                        .expressionAttributeValues(Map.of(":expected", n(write.expected()), ":now", now))
                        .build();
    }

    private static String sortable(long revision) {
        return String.format(Locale.ROOT, "%012d", revision);
    }

    private static Map<String, AttributeValue> item(Map<String, AttributeValue> key, Write write) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(ID, s(write.id()));
        item.put(REVISION, n(write.expected() + 1));
        item.put(AT, s(write.at().toString()));
        item.put(BY, s(write.by()));
        item.put(Body.NAME, Body.of(write.body()));
        write.expires().ifPresent(end -> item.put(Table.TTL, n(end.getEpochSecond())));
        return item;
    }

    private boolean isInTime(Map<String, AttributeValue> item) {
        return !item.containsKey(Table.TTL)
                || Table.number(item, Table.TTL) > clock.instant().getEpochSecond();
    }

    private static Document read(Map<String, AttributeValue> item) {
        return new Document(
                Table.text(item, ID),
                Table.number(item, REVISION),
                Instant.parse(Table.text(item, AT)),
                Table.text(item, BY),
                Body.in(item));
    }
}
