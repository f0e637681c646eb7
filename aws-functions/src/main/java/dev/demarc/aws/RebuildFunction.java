package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.project.Rebuild;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The rebuild as an operation of the central account: compares findings and counters with what follows from the observations, and puts right
 * what differs when the event says {@code {"repair": true}}. Answers the report as JSON.
 */
public final class RebuildFunction implements RequestStreamHandler {
    private static final int SHOWN = 100;

    private final Rebuild rebuild;

    public RebuildFunction() {
        this(AwsWiring.fromEnvironment().rebuild());
    }

    public RebuildFunction(Rebuild rebuild) {
        this.rebuild = rebuild;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        boolean repair = JsonReader.parse(input).at("repair") == Json.JsonBoolean.TRUE;
        Rebuild.Report report = repair ? rebuild.repair(ignored -> {}) : rebuild.check(ignored -> {});
        output.write(report.json(SHOWN).write().getBytes(StandardCharsets.UTF_8));
    }
}
