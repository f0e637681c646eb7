package dev.demarc.azure;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import dev.demarc.azure.wiring.AzureWiring;
import dev.demarc.event.AzureEvents;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Outcome;
import java.time.InstantSource;

/**
 * Judges resource changes of its subscription: one Event Grid event. A failure is thrown, so that Event Grid delivers again and in the
 * end dead-letters; what cannot be understood is logged without its content and acknowledged, since it will not get better.
 */
public final class ResourceChangeFunction {
    private final ChangePipeline pipeline;
    private final InstantSource clock;

    /** The worker makes an instance for each invocation; the parts behind it are made once. */
    public ResourceChangeFunction() {
        this(AzureWiring.shared().changePipeline(), InstantSource.system());
    }

    public ResourceChangeFunction(ChangePipeline pipeline, InstantSource clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    @FunctionName("ResourceChange")
    public void run(@EventGridTrigger(name = "event") String event, ExecutionContext context) {
        try {
            for (var change : AzureEvents.decode(JsonReader.parse(event), clock.instant())) {
                if (pipeline.handle(change) instanceof Outcome.Rejected(String because)) {
                    context.getLogger().warning(() -> "an event was rejected: " + because);
                }
            }
        } catch (MalformedJson e) {
            context.getLogger().warning(() -> "an event was rejected: " + e.getMessage());
        }
    }
}
