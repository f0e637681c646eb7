package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.project.Projector;
import dev.demarc.record.dynamodb.DynamoDbStreamRecords;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns the stream of observation changes into findings and counters, in the central account. Stops at the first record that fails and
 * names it: a stream is handed out again from there, in order.
 */
public final class FindingProjectorFunction implements RequestStreamHandler {
    private final Projector projector;

    public FindingProjectorFunction() {
        this(AwsWiring.fromEnvironment().projector());
    }

    public FindingProjectorFunction(Projector projector) {
        this.projector = projector;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<Json> failures = List.of();
        for (Json record : JsonReader.parse(input).at("Records").elements()) {
            String sequence = record.at("dynamodb").textAt("SequenceNumber", "");
            try {
                DynamoDbStreamRecords.change(record).ifPresent(projector::apply);
            } catch (RuntimeException e) {
                Log.warn("stream record " + sequence + " failed and is handed out again: "
                        + e.getClass().getSimpleName());
                failures =
                        List.of(Json.object().with("itemIdentifier", sequence).build());
                break;
            }
        }
        Json answer =
                Json.object().with("batchItemFailures", Json.array(failures)).build();
        output.write(answer.write().getBytes(StandardCharsets.UTF_8));
    }
}
