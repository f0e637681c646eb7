package dev.demarc.record.dynamodb;

import dev.demarc.record.Sample;
import dev.demarc.record.StoreChange;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads the stream of a table up to a marker that it writes into the table itself. */
final class StreamTail {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;
    private final String table;
    private final String stream;
    private final Set<String> seen = new HashSet<>();
    private final List<StreamRecord.Poison> poison = new ArrayList<>();

    StreamTail(DynamoDbClient client, DynamoDbStreamsClient streams, String table) {
        this.client = client;
        this.streams = streams;
        this.table = table;
        this.stream = client.describeTable(r -> r.tableName(table)).table().latestStreamArn();
    }

    /** The changes since the last call. */
    List<StoreChange> changes() {
        String marker = UUID.randomUUID().toString();
        client.putItem(request -> request.tableName(table)
                .item(Map.of(
                        "pk", AttributeValue.fromS("MARKER"),
                        "sk", AttributeValue.fromS(marker))));
        Instant end = Instant.now().plus(LONGEST_WAIT);
        List<Record> records = everything();
        while (records.stream().noneMatch(record -> isMarker(record, marker))) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the stream of " + table + " does not deliver within " + LONGEST_WAIT);
            }
            records = everything();
        }
        return records.stream()
                .map(Record::dynamodb)
                .sorted(Comparator.comparing(record -> new BigInteger(record.sequenceNumber())))
                .filter(record -> seen.add(record.sequenceNumber()))
                .map(record -> DynamoDbStreamRecords.read(
                        record.sequenceNumber(), record.oldImage(), record.newImage(), Sample.NOON))
                .flatMap(this::change)
                .toList();
    }

    /** The poison that came with the changes so far. */
    List<StreamRecord.Poison> poison() {
        return List.copyOf(poison);
    }

    private Stream<StoreChange> change(StreamRecord record) {
        return switch (record) {
            case StreamRecord.Change(StoreChange change) -> Stream.of(change);
            case StreamRecord.Nothing() -> Stream.empty();
            case StreamRecord.Poison refused -> {
                poison.add(refused);
                yield Stream.empty();
            }
        };
    }

    private static boolean isMarker(Record record, String marker) {
        AttributeValue sort = record.dynamodb().keys().get("sk");
        return sort != null && marker.equals(sort.s());
    }

    private List<Record> everything() {
        List<Record> records = new ArrayList<>();
        for (Shard shard : streams.describeStream(r -> r.streamArn(stream))
                .streamDescription()
                .shards()) {
            String iterator = streams.getShardIterator(r -> r.streamArn(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            boolean more = true;
            while (more && iterator != null) {
                String from = iterator;
                var page = streams.getRecords(r -> r.shardIterator(from));
                records.addAll(page.records());
                iterator = page.nextShardIterator();
                more = !page.records().isEmpty();
            }
        }
        return records;
    }
}
