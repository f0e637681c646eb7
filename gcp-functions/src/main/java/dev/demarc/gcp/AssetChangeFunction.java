package dev.demarc.gcp;

import com.google.cloud.functions.CloudEventsFunction;
import dev.demarc.event.ChangeEvent;
import dev.demarc.event.GcpEvents;
import dev.demarc.gcp.wiring.GcpWiring;
import dev.demarc.json.JsonReader;
import dev.demarc.pipeline.Intake;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.logging.Logger;

/**
 * Judges asset changes of its project: a Cloud Asset feed message in a Pub/Sub CloudEvent. A failure is thrown, so that Pub/Sub delivers
 * again (5 to 100 attempts, as the subscription is set) and then dead-letters; what cannot be understood is quarantined and acknowledged,
 * since it will not get better.
 */
public final class AssetChangeFunction implements CloudEventsFunction {
    private static final Logger LOG = Logger.getLogger(AssetChangeFunction.class.getName());

    private final Intake intake;
    private final InstantSource clock;
    private final InstantSource undated;

    public AssetChangeFunction() {
        this(GcpWiring.fromEnvironment().intake(), InstantSource.system());
    }

    public AssetChangeFunction(Intake intake, InstantSource clock) {
        this(intake, clock, clock);
    }

    /** {@code undated} gives the time of a document that states none: when it was obtained. */
    public AssetChangeFunction(Intake intake, InstantSource clock, InstantSource undated) {
        this.intake = intake;
        this.clock = clock;
        this.undated = undated;
    }

    @Override
    public void accept(CloudEvent event) {
        Instant obtained = undated.instant();
        byte[] content = event.getData() == null ? new byte[0] : event.getData().toBytes();
        if (intake.receive(content, bytes -> events(bytes, obtained), clock.instant())
                instanceof Intake.Receipt.Quarantined(String reason)) {
            LOG.warning(() -> "event " + event.getId() + " is in the quarantine: " + reason);
        }
    }

    private static List<ChangeEvent> events(byte[] content, Instant obtained) {
        return GcpEvents.decode(JsonReader.parse(content), obtained);
    }
}
