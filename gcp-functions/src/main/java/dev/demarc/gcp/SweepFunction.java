package dev.demarc.gcp;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.demarc.gcp.wiring.GcpWiring;
import dev.demarc.json.Json;
import dev.demarc.pipeline.Checkpoint;
import dev.demarc.pipeline.SweepPipeline;
import dev.demarc.record.SweepEvidence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Evaluates everything in its project. Called by a schedule; a call goes on where an earlier one stopped or was cut off, or at {@code
 * ?checkpoint=}. Answers {@code {"complete": false, "checkpoint": "…"}} when there is more to do, 400 for what is no checkpoint.
 */
public final class SweepFunction implements HttpFunction {
    private static final Duration TIME = Duration.ofMinutes(8);

    private final SweepPipeline pipeline;
    private final Supplier<List<SweepEvidence>> left;
    private final InstantSource clock;

    public SweepFunction() {
        this(GcpWiring.fromEnvironment());
    }

    private SweepFunction(GcpWiring wiring) {
        this(wiring.sweepPipeline(), wiring.sweepEvidence(), InstantSource.system());
    }

    /** {@code left} answers the evidence that earlier runs left of the project. */
    public SweepFunction(SweepPipeline pipeline, Supplier<List<SweepEvidence>> left, InstantSource clock) {
        this.pipeline = pipeline;
        this.left = left;
        this.clock = clock;
    }

    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        Instant now = clock.instant();
        Checkpoint from;
        try {
            from = request.getFirstQueryParameter("checkpoint")
                    .map(Checkpoint::read)
                    .or(() -> Checkpoint.unfinished(left.get(), now))
                    .orElse(Checkpoint.start(now));
        } catch (IllegalArgumentException e) {
            response.setStatusCode(400);
            response.setContentType("application/problem+json");
            response.getWriter()
                    .write(Json.object()
                            .with("title", "this is no checkpoint")
                            .with("status", 400)
                            .with("detail", String.valueOf(e.getMessage()))
                            .build()
                            .write());
            return;
        }
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
