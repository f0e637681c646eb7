package dev.demarc.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.demarc.azure.wiring.AzureWiring;
import dev.demarc.pipeline.Checkpoint;
import dev.demarc.pipeline.SweepPipeline;
import dev.demarc.record.SweepEvidence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Evaluates everything in its subscription on a timer, within the time that a function has. A run goes on where an earlier one stopped or
 * was cut off.
 */
public final class SweepFunction {
    private static final Duration TIME = Duration.ofMinutes(8);

    private final SweepPipeline pipeline;
    private final Supplier<List<SweepEvidence>> left;
    private final InstantSource clock;

    public SweepFunction() {
        this(AzureWiring.shared().sweepPipeline(), AzureWiring.shared().sweepEvidence(), InstantSource.system());
    }

    /** {@code left} answers the evidence that earlier runs left of the subscription. */
    public SweepFunction(SweepPipeline pipeline, Supplier<List<SweepEvidence>> left, InstantSource clock) {
        this.pipeline = pipeline;
        this.left = left;
        this.clock = clock;
    }

    @FunctionName("Sweep")
    public void run(
            @TimerTrigger(name = "timer", schedule = "%DEMARC_SWEEP_SCHEDULE%") String timer,
            ExecutionContext context) {
        Instant now = clock.instant();
        Checkpoint from = Checkpoint.unfinished(left.get(), now).orElse(Checkpoint.start(now));
        Optional<Checkpoint> paused =
                pipeline.run(from, now, () -> clock.instant().isAfter(now.plus(TIME)));
        // An incomplete sweep has left evidence that says so: the types it did not reach stay not validated.
        paused.ifPresent(at -> context.getLogger()
                .warning(() -> "the sweep stopped at " + at.serviceType() + "; the next run goes on there"));
    }
}
