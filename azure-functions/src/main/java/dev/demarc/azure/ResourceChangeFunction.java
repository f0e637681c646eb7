package dev.demarc.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import dev.demarc.azure.wiring.AzureWiring;
import dev.demarc.event.AzureEvents;
import dev.demarc.json.JsonReader;
import dev.demarc.pipeline.Intake;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Judges resource changes of its subscription: one Event Grid event. A failure is thrown, so that Event Grid delivers again (up to 30
 * attempts in 24 hours, as the subscription is set) and then dead-letters; what cannot be understood is quarantined and acknowledged, since
 * it will not get better.
 */
public final class ResourceChangeFunction {
    private final Intake intake;
    private final InstantSource clock;
    private final InstantSource undated;

    /** The worker makes an instance for each invocation; the parts behind it are made once. */
    public ResourceChangeFunction() {
        this(AzureWiring.shared().intake(), InstantSource.system());
    }

    public ResourceChangeFunction(Intake intake, InstantSource clock) {
        this(intake, clock, clock);
    }

    /** {@code undated} gives the time of a document that states none: when it was obtained. */
    public ResourceChangeFunction(Intake intake, InstantSource clock, InstantSource undated) {
        this.intake = intake;
        this.clock = clock;
        this.undated = undated;
    }

    @FunctionName("ResourceChange")
    public void run(@EventGridTrigger(name = "event") String event, ExecutionContext context) {
        Instant obtained = undated.instant();
        byte[] content = event.getBytes(StandardCharsets.UTF_8);
        if (intake.receive(content, bytes -> AzureEvents.decode(JsonReader.parse(bytes), obtained), clock.instant())
                instanceof Intake.Receipt.Quarantined(String reason)) {
            context.getLogger().warning(() -> "an event is in the quarantine: " + reason);
        }
    }
}
