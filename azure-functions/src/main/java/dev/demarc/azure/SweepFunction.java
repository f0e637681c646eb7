package dev.demarc.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.demarc.azure.wiring.AzureWiring;
import dev.demarc.pipeline.Checkpoint;
import dev.demarc.pipeline.SweepPipeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Evaluates everything in its subscription on a timer, within the time that a function has. */
public final class SweepFunction {
    private static final Duration TIME = Duration.ofMinutes(8);

    private final SweepPipeline pipeline;
    private final InstantSource clock;

    public SweepFunction() {
        this(AzureWiring.shared().sweepPipeline(), InstantSource.system());
    }

    public SweepFunction(SweepPipeline pipeline, InstantSource clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    @FunctionName("Sweep")
    public void run(
            @TimerTrigger(name = "timer", schedule = "%DEMARC_SWEEP_SCHEDULE%") String timer,
            ExecutionContext context) {
        Instant now = clock.instant();
        Optional<Checkpoint> paused =
                pipeline.run(Checkpoint.start(now), now, () -> clock.instant().isAfter(now.plus(TIME)));
        // An incomplete sweep has left evidence that says so: the types it did not reach stay not validated.
        paused.ifPresent(
                at -> context.getLogger().warning(() -> "the sweep stopped before its end at type " + at.typeIndex()));
    }
}
