package dev.demarc.proof;

import dev.demarc.json.Json;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The stream of a table as the platform reads it: in order, each record until it is acknowledged. */
final class TableStream implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;
    private final String table;
    private final String stream;
    private final Map<String, String> iterators = new HashMap<>();
    private final Deque<Json> pending = new ArrayDeque<>();

    TableStream(DynamoDbTable table) {
        this.client = table.client();
        this.streams = table.streams();
        this.table = table.name();
        this.stream = client.describeTable(request -> request.tableName(this.table))
                .table()
                .latestStreamArn();
    }

    /** Reads up to a marker that it writes itself, so that everything written before is there. */
    void fill() {
        String marker = UUID.randomUUID().toString();
        client.putItem(request -> request.tableName(table)
                .item(Map.of("pk", AttributeValue.fromS("MARKER"), "sk", AttributeValue.fromS(marker))));
        Instant end = Instant.now().plus(LONGEST_WAIT);
        while (!read(marker)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the stream of " + table + " does not deliver within " + LONGEST_WAIT);
            }
        }
    }

    /** The records that are not acknowledged, the oldest first. */
    Deque<Json> pending() {
        return pending;
    }

    private boolean read(String marker) {
        List<Record> records = new ArrayList<>();
        for (Shard shard : streams.describeStream(request -> request.streamArn(stream))
                .streamDescription()
                .shards()) {
            String id = shard.shardId();
            String iterator = iterators.computeIfAbsent(id, this::start);
            boolean more = !iterator.isEmpty();
            while (more) {
                String from = iterator;
                var page = streams.getRecords(request -> request.shardIterator(from));
                records.addAll(page.records());
                iterator = page.nextShardIterator() == null ? "" : page.nextShardIterator();
                more = !page.records().isEmpty() && !iterator.isEmpty();
            }
            iterators.put(id, iterator);
        }
        records.sort(
                Comparator.comparing(record -> new BigInteger(record.dynamodb().sequenceNumber())));
        boolean seen = false;
        for (Record record : records) {
            boolean isMarker =
                    "MARKER".equals(record.dynamodb().keys().get("pk").s());
            seen |= isMarker && marker.equals(record.dynamodb().keys().get("sk").s());
            if (!isMarker) {
                pending.add(json(record));
            }
        }
        return seen;
    }

    private String start(String shard) {
        return streams.getShardIterator(request ->
                        request.streamArn(stream).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    /** The record as Lambda hands it to a function. */
    private static Json json(Record record) {
        Json.Builder change = Json.object()
                .with("SequenceNumber", record.dynamodb().sequenceNumber())
                .with("Keys", item(record.dynamodb().keys()));
        if (record.dynamodb().hasOldImage()) {
            change.with("OldImage", item(record.dynamodb().oldImage()));
        }
        if (record.dynamodb().hasNewImage()) {
            change.with("NewImage", item(record.dynamodb().newImage()));
        }
        return Json.object()
                .with("eventID", record.eventID())
                .with("eventName", record.eventNameAsString())
                .with("eventSource", "aws:dynamodb")
                .with("dynamodb", change.build())
                .build();
    }

    private static Json item(Map<String, AttributeValue> item) {
        Json.Builder members = Json.object();
        item.forEach((name, value) -> members.with(name, value(value)));
        return members.build();
    }

    private static Json value(AttributeValue value) {
        Json.Builder typed = Json.object();
        switch (value.type()) {
            case S -> typed.with("S", value.s());
            case N -> typed.with("N", value.n());
            case B ->
                typed.with("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
            case BOOL -> typed.with("BOOL", value.bool());
            case M -> typed.with("M", item(value.m()));
            case L ->
                typed.with(
                        "L",
                        Json.array(value.l().stream().map(TableStream::value).toList()));
            default -> throw new IllegalStateException("a record holds an attribute of type " + value.type());
        }
        return typed.build();
    }

    @Override
    public void close() {
        client.close();
        streams.close();
    }
}
