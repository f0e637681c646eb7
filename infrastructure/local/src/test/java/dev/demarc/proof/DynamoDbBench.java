package dev.demarc.proof;

import dev.demarc.aws.FindingProjectorFunction;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.project.Projector;
import dev.demarc.record.CentralStore;
import dev.demarc.record.dynamodb.DynamoDbStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB in LocalStack behind a proxy that fails, with the real projector function on the table's stream. */
final class DynamoDbBench implements Bench {
    private static final int BATCH = 25;

    private final DynamoDbTable table;
    private final Optional<FaultyNetwork> network;
    private final Random random;
    private final DynamoDbClient direct;
    private final DynamoDbClient through;
    private final CentralStore store;
    private final CentralStore faulty;
    private final TableStream stream;
    private final Deque<Json> recent = new ArrayDeque<>();

    /** Without a proxy: for faults that are made elsewhere. */
    DynamoDbBench(DynamoDbTable table, Random random) {
        this(table, table.client(), table.client(), random, Optional.empty());
    }

    DynamoDbBench(DynamoDbTable table, FaultyNetwork network, Random random) {
        this(table, table.client(), table.impatient(network.endpoint()), random, Optional.of(network));
    }

    /** {@code direct} is for the checks, {@code through} for the functions. */
    DynamoDbBench(
            DynamoDbTable table,
            DynamoDbClient direct,
            DynamoDbClient through,
            Random random,
            Optional<FaultyNetwork> network) {
        this.table = table;
        this.network = network;
        this.random = random;
        this.direct = direct;
        this.through = through;
        this.store = new DynamoDbStore(direct, table.name(), World::after);
        this.faulty = new DynamoDbStore(through, table.name(), World::after);
        this.stream = new TableStream(table);
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public CentralStore store() {
        return store;
    }

    @Override
    public CentralStore faulty() {
        return faulty;
    }

    @Override
    public AutoCloseable faults() {
        return network.<AutoCloseable>map(FaultyNetwork::start).orElse(() -> {});
    }

    @Override
    public boolean project(CentralStore through, Steps steps) {
        FindingProjectorFunction function = Functions.projector(new Projector(through, World::after), through);
        stream.fill();
        Deque<Json> pending = stream.pending();
        while (!pending.isEmpty()) {
            List<Json> batch = pending.stream().limit(BATCH).toList();
            List<Json> records = again(batch);
            Optional<String> failed = failed(function, records);
            steps.step();
            // What stands before the failed record is done; records from before stand before the batch.
            int done = failed.map(sequence -> place(records, sequence)).orElse(records.size());
            for (int i = records.size() - batch.size(); i < done; i++) {
                recent.add(pending.remove());
            }
            if (failed.isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** The batch, from time to time after records that were handed out before. */
    private List<Json> again(List<Json> batch) {
        while (recent.size() > BATCH) {
            recent.remove();
        }
        List<Json> records = new ArrayList<>();
        if (random.nextInt(5) == 0) {
            records.addAll(recent);
        }
        records.addAll(batch);
        return records;
    }

    private static Optional<String> failed(FindingProjectorFunction function, List<Json> records) {
        Json event = Json.object().with("Records", Json.array(records)).build();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            function.handleRequest(
                    new ByteArrayInputStream(event.write().getBytes(StandardCharsets.UTF_8)),
                    answer,
                    Functions.invocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JsonReader.parse(answer.toString(StandardCharsets.UTF_8)).at("batchItemFailures").elements().stream()
                .map(failure -> failure.textAt("itemIdentifier", ""))
                .findFirst();
    }

    private static int place(List<Json> records, String sequence) {
        for (int i = 0; i < records.size(); i++) {
            if (sequence(records.get(i)).equals(sequence)) {
                return i;
            }
        }
        throw new IllegalStateException("the function named a record that it was not given: " + sequence);
    }

    private static String sequence(Json record) {
        return record.at("dynamodb").textAt("SequenceNumber", "");
    }

    @Override
    public int workers() {
        return 4;
    }

    @Override
    public void close() {
        stream.close();
        direct.close();
        through.close();
        table.drop();
    }
}
