package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.json.JsonReader;
import dev.demarc.model.Observation;
import dev.demarc.model.Version;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.ObservationStore.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Observations as items: the body holds everything, the other attributes what conditions and filters compare. */
final class ObservationItems {
    static final String BODY = "body";
    static final String VERSION = "version";
    static final String STATE = "state";
    static final String SERVICE_TYPE = "serviceType";

    /** Attribute names that conditions use; {@code state} is a reserved word. */
    static final Map<String, String> NAMES = Map.of("#version", VERSION, "#body", BODY, "#state", STATE);

    private static final String NEWER = "attribute_not_exists(pk) OR #version < :version"
            + " OR (#version = :version AND #body <> :body AND (#state = :live OR :state = :tombstone))";

    // Longer than any queue, stream or dead-letter queue keeps an event, so that none can bring a deleted resource
    // back.
    private static final Duration TOMBSTONE_LIFE = Duration.ofDays(90);

    private ObservationItems() {}

    static Map<String, AttributeValue> item(Map<String, AttributeValue> key, Observation observation, Instant now) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(VERSION, s(observation.version().sortable()));
        item.put(STATE, s(observation.state().name()));
        item.put(SERVICE_TYPE, s(observation.serviceType().name()));
        item.put(BODY, s(ObservationJson.write(observation).write()));
        if (!observation.isLive()) {
            long expiry = now.plus(TOMBSTONE_LIFE).getEpochSecond();
            item.put("ttl", AttributeValue.fromN(Long.toString(expiry)));
        }
        return item;
    }

    static String newer() {
        return NEWER;
    }

    static Map<String, AttributeValue> newerThan(Observation observation) {
        return Map.of(
                ":version", s(observation.version().sortable()),
                ":body", s(ObservationJson.write(observation).write()),
                ":state", s(observation.state().name()),
                ":live", s(Observation.State.LIVE.name()),
                ":tombstone", s(Observation.State.TOMBSTONE.name()));
    }

    static Observation read(Map<String, AttributeValue> item) {
        AttributeValue body = item.get(BODY);
        return ObservationJson.read(JsonReader.parse(body == null ? "" : body.s()));
    }

    /** What recording the observation answers where this one is stored and stays. */
    static Outcome outcomeBeside(Observation stored, Observation observation) {
        boolean same = stored.version().equals(observation.version()) && stored.saysTheSameAs(observation);
        return same ? Outcome.UNCHANGED : Outcome.OLDER;
    }

    /** True when the stored observation certainly stays: it is the same, or its version is newer. */
    static boolean stays(Observation stored, Observation observation) {
        Version version = stored.version();
        return version.compareTo(observation.version()) > 0
                || (version.equals(observation.version()) && stored.saysTheSameAs(observation));
    }
}
