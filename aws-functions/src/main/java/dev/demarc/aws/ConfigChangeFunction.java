package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.event.AwsEvents;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges configuration changes of its account: an SQS batch of AWS Config messages. Answers with the records that failed, so that only
 * those are delivered again and, in the end, dead-lettered; a record that cannot be understood fails too and never blocks its neighbours.
 */
public final class ConfigChangeFunction implements RequestStreamHandler {
    private final ChangePipeline pipeline;
    private final Consumer<String> log;

    public ConfigChangeFunction() {
        this(AwsWiring.fromEnvironment().changePipeline(), Log::warn);
    }

    public ConfigChangeFunction(ChangePipeline pipeline, Consumer<String> log) {
        this.pipeline = pipeline;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<Json> failures = new ArrayList<>();
        for (Json record : JsonReader.parse(input).at("Records").elements()) {
            String id = record.textAt("messageId", "");
            if (id.isEmpty()) {
                // An answer with an empty id would fail the whole batch too, without saying why.
                throw new IllegalArgumentException(
                        "a record has no messageId: the trigger of this function is an SQS queue");
            }
            if (!isHandled(id, record)) {
                failures.add(Json.object().with("itemIdentifier", id).build());
            }
        }
        Json answer =
                Json.object().with("batchItemFailures", Json.array(failures)).build();
        output.write(answer.write().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isHandled(String id, Json record) {
        try {
            boolean understood = true;
            for (var event : AwsEvents.decode(record.at("body"))) {
                if (pipeline.handle(event) instanceof Outcome.Rejected(String because)) {
                    log.accept("message " + id + " was rejected: " + because);
                    understood = false;
                }
            }
            return understood;
        } catch (MalformedJson e) {
            log.accept("message " + id + " is not JSON: " + e.getMessage());
            return false;
        } catch (RuntimeException e) {
            // The world failed (store or provider): this record goes back to the queue, the others of the batch stand.
            log.accept("message " + id + " failed and goes back to the queue: "
                    + e.getClass().getSimpleName());
            return false;
        }
    }
}
