package dev.demarc.gcp;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.demarc.gcp.wiring.GcpWiring;
import dev.demarc.json.Json;
import dev.demarc.pipeline.Checkpoint;
import dev.demarc.pipeline.SweepPipeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Evaluates everything in its project. Called by a schedule; with {@code ?checkpoint=} it goes on where an earlier call stopped. */
public final class SweepFunction implements HttpFunction {
    private static final Duration TIME = Duration.ofMinutes(8);

    private final SweepPipeline pipeline;
    private final InstantSource clock;

    public SweepFunction() {
        this(GcpWiring.fromEnvironment().sweepPipeline(), InstantSource.system());
    }

    public SweepFunction(SweepPipeline pipeline, InstantSource clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        Instant now = clock.instant();
        Checkpoint from = request.getFirstQueryParameter("checkpoint")
                .map(Checkpoint::read)
                .orElse(Checkpoint.start(now));
        Optional<Checkpoint> paused =
                pipeline.run(from, now, () -> clock.instant().isAfter(now.plus(TIME)));
        response.setContentType("application/json");
        response.getWriter()
                .write(Json.object()
                        .with("complete", paused.isEmpty())
                        .with("checkpoint", paused.map(Checkpoint::write))
                        .build()
                        .write());
    }
}
