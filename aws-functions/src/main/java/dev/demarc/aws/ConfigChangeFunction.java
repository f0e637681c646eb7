package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.event.AwsEvents;
import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.pipeline.Intake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges configuration changes of its account: an SQS batch of AWS Config messages. Answers with the records that failed, so that only
 * those are delivered again and, after the queue's {@code maxReceiveCount}, dead-lettered; no record fails its neighbours. A record that
 * cannot be understood is done once it is in the quarantine.
 */
public final class ConfigChangeFunction implements RequestStreamHandler {
    // What one record may take, retries included: the rest of the batch is better delivered again than cut off in the
    // middle.
    private static final int RESERVE_MILLIS = 30_000;

    private final Intake intake;
    private final Consumer<String> log;
    private final InstantSource clock;

    public ConfigChangeFunction() {
        this(AwsWiring.fromEnvironment().intake(), Log::warn, InstantSource.system());
    }

    public ConfigChangeFunction(Intake intake, Consumer<String> log, InstantSource clock) {
        this.intake = intake;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<Json> failures = new ArrayList<>();
        boolean first = true;
        for (Json record : JsonReader.parse(input).at("Records").elements()) {
            String id = record.textAt("messageId", "");
            if (id.isEmpty()) {
                // An answer with an empty id would fail the whole batch too, without saying why.
                throw new IllegalArgumentException(
                        "a record has no messageId: the trigger of this function is an SQS queue");
            }
            boolean hasTime = first || context.getRemainingTimeInMillis() >= RESERVE_MILLIS;
            if (!hasTime || !isDone(id, record.at("body"))) {
                failures.add(Json.object().with("itemIdentifier", id).build());
            }
            first = false;
        }
        Json answer =
                Json.object().with("batchItemFailures", Json.array(failures)).build();
        output.write(answer.write().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isDone(String id, Json body) {
        try {
            byte[] content = body.text().orElseGet(body::write).getBytes(StandardCharsets.UTF_8);
            if (intake.receive(content, ConfigChangeFunction::events, clock.instant())
                    instanceof Intake.Receipt.Quarantined(String reason)) {
                log.accept("message " + id + " is in the quarantine: " + reason);
            }
            return true;
        } catch (RuntimeException e) {
            // The world failed (store or provider): this record goes back to the queue, the others of the batch stand.
            log.accept("message " + id + " failed and goes back to the queue: "
                    + e.getClass().getSimpleName());
            return false;
        }
    }

    private static List<ChangeEvent> events(byte[] content) {
        return AwsEvents.decode(JsonReader.parse(content));
    }
}
