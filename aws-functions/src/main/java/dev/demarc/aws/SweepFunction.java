package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.pipeline.Checkpoint;
import dev.demarc.pipeline.SweepPipeline;
import dev.demarc.record.SweepEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Evaluates everything in its account. Stops before its time ends and answers {@code {"complete": false, "checkpoint": "…"}}; called with
 * that checkpoint it goes on there. Called without one it goes on where a run that was cut off stood, else it begins.
 */
public final class SweepFunction implements RequestStreamHandler {
    // Enough to finish the page at hand.
    private static final int RESERVE_MILLIS = 60_000;

    private final SweepPipeline pipeline;
    private final Supplier<List<SweepEvidence>> left;
    private final InstantSource clock;

    public SweepFunction() {
        this(AwsWiring.fromEnvironment());
    }

    private SweepFunction(AwsWiring wiring) {
        this(wiring.sweepPipeline(), wiring.sweepEvidence(), InstantSource.system());
    }

    /** {@code left} answers the evidence that earlier runs left of the account. */
    public SweepFunction(SweepPipeline pipeline, Supplier<List<SweepEvidence>> left, InstantSource clock) {
        this.pipeline = pipeline;
        this.left = left;
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Instant now = clock.instant();
        Checkpoint from = JsonReader.parse(input)
                .at("checkpoint")
                .text()
                .map(Checkpoint::read)
                .or(() -> Checkpoint.unfinished(left.get(), now))
                .orElse(Checkpoint.start(now));
        Optional<Checkpoint> paused =
                pipeline.run(from, now, () -> context.getRemainingTimeInMillis() < RESERVE_MILLIS);
        Json answer = Json.object()
                .with("complete", paused.isEmpty())
                .with("checkpoint", paused.map(Checkpoint::write))
                .build();
        output.write(answer.write().getBytes(StandardCharsets.UTF_8));
    }
}
