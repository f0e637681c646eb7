package dev.demarc.gcp;

import com.google.cloud.functions.CloudEventsFunction;
import dev.demarc.event.GcpEvents;
import dev.demarc.gcp.wiring.GcpWiring;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Outcome;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.logging.Logger;

/**
 * Judges asset changes of its project: a Cloud Asset feed message in a Pub/Sub CloudEvent. A failure is thrown, so that Pub/Sub delivers
 * again and in the end dead-letters; what cannot be understood is counted in the log and acknowledged, since it will not get better.
 */
public final class AssetChangeFunction implements CloudEventsFunction {
    private static final Logger LOG = Logger.getLogger(AssetChangeFunction.class.getName());

    private final ChangePipeline pipeline;
    private final InstantSource clock;

    public AssetChangeFunction() {
        this(GcpWiring.fromEnvironment().changePipeline(), InstantSource.system());
    }

    public AssetChangeFunction(ChangePipeline pipeline, InstantSource clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    @Override
    public void accept(CloudEvent event) {
        Json message;
        try {
            message = event.getData() == null
                    ? Json.JsonNull.NULL
                    : JsonReader.parse(new String(event.getData().toBytes(), StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            LOG.warning(() -> "event " + event.getId() + " was rejected: " + e.getMessage());
            return;
        }
        for (var change : GcpEvents.decode(message, clock.instant())) {
            if (pipeline.handle(change) instanceof Outcome.Rejected(String because)) {
                LOG.warning(() -> "event " + event.getId() + " was rejected: " + because);
            }
        }
    }
}
