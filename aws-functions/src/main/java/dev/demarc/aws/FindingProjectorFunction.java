package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.project.Projector;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.Quarantine;
import dev.demarc.record.StoreChange;
import dev.demarc.record.dynamodb.DynamoDbStreamRecords;
import dev.demarc.record.dynamodb.StreamRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns the stream of store changes into findings, counters and history, in the central account. A record that no retry can mend goes to
 * the quarantine and holds up nobody. At the first record that the store fails, it stops and names it: a stream is handed out again from
 * there, in order.
 */
public final class FindingProjectorFunction implements RequestStreamHandler {
    private final Consumer<StoreChange> consumer;
    private final Quarantine quarantine;
    private final InstantSource clock;
    private final Consumer<String> log;

    public FindingProjectorFunction() {
        this(AwsWiring.fromEnvironment());
    }

    private FindingProjectorFunction(AwsWiring wiring) {
        this(wiring.changeConsumer(), wiring.quarantine(), InstantSource.system(), Log::warn);
    }

    public FindingProjectorFunction(
            Projector projector, Quarantine quarantine, InstantSource clock, Consumer<String> log) {
        this((Consumer<StoreChange>) projector::apply, quarantine, clock, log);
    }

    /** With what else is to be done with each change. */
    public FindingProjectorFunction(
            Consumer<StoreChange> consumer, Quarantine quarantine, InstantSource clock, Consumer<String> log) {
        this.consumer = consumer;
        this.quarantine = quarantine;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<Json> failures = List.of();
        for (Json record : JsonReader.parse(input).at("Records").elements()) {
            String sequence = record.at("dynamodb").textAt("SequenceNumber", "");
            if (!isDone(sequence, record)) {
                failures =
                        List.of(Json.object().with("itemIdentifier", sequence).build());
                break;
            }
        }
        Json answer =
                Json.object().with("batchItemFailures", Json.array(failures)).build();
        output.write(answer.write().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isDone(String sequence, Json record) {
        try {
            apply(sequence, record, DynamoDbStreamRecords.read(record, clock.instant()));
            return true;
        } catch (RuntimeException e) {
            log.accept("stream record " + sequence + " failed and is handed out again: "
                    + e.getClass().getSimpleName());
            return false;
        }
    }

    private void apply(String sequence, Json record, StreamRecord read) {
        switch (read) {
            case StreamRecord.Change(var change) -> consume(sequence, record, change);
            case StreamRecord.Nothing() -> {
                // The centre's own write, or an item that expired.
            }
            case StreamRecord.Poison poison -> quarantine(sequence, poison);
        }
    }

    private void consume(String sequence, Json record, StoreChange change) {
        try {
            consumer.accept(change);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException unfit) {
            // What the change says does not fit into what is made of it, and fits no better the next time.
            quarantine(
                    sequence,
                    new StreamRecord.Poison(
                            Optional.of(account(change)),
                            "store-stream",
                            record.at("dynamodb").at("NewImage").write().getBytes(StandardCharsets.UTF_8),
                            "it cannot be projected (" + unfit.getClass().getSimpleName() + ")"));
        }
    }

    private static AccountId account(StoreChange change) {
        return switch (change) {
            case ObservationChange observed -> AccountId.of(observed.after().resource());
            case StoreChange.SweepEnded ended -> ended.evidence().accountId();
            case StoreChange.HistoryAdded added -> AccountId.of(added.entry().resource());
        };
    }

    private void quarantine(String sequence, StreamRecord.Poison poison) {
        quarantine.quarantine(poison.account(), poison.source(), poison.content(), poison.reason(), clock.instant());
        log.accept("stream record " + sequence + " is in the quarantine: " + poison.reason());
    }
}
