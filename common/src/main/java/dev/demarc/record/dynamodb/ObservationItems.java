package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.TimeBounds;
import dev.demarc.model.Version;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.ObservationStore.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Observations as items: the body holds what the key and the attributes that conditions and filters compare do not. */
final class ObservationItems {
    static final String VERSION = "version";
    static final String STATE = "state";
    static final String SERVICE_TYPE = "type";

    private static final String DIGEST = "digest";
    private static final String RESOURCE = "resource";
    private static final String[] OUTSIDE = {VERSION, STATE, "serviceType"};

    /** Attribute names that conditions use; {@code state} is a reserved word. */
    private static final Map<String, String> NAMES = Map.of("#version", VERSION, "#digest", DIGEST, "#state", STATE);

    // A version that nobody believes gives way to any.
    private static final String NEWER = "attribute_not_exists(pk) OR #version < :version OR #version > :latest"
            + " OR (#version = :version AND #digest <> :digest AND (#state = :live OR :state = :tombstone))";

    // Longer than any queue, stream or dead-letter queue keeps an event, so that none can bring a deleted resource
    // back.
    private static final Duration TOMBSTONE_LIFE = Duration.ofDays(90);

    private final Table table;

    ObservationItems(Table table) {
        this.table = table;
    }

    Outcome record(Observation observation, Instant now) {
        Claims.requireBounds(observation, now);
        Map<String, AttributeValue> item = item(observation, now);
        // A refused conditional write costs as much as an accepted one; this read costs a tenth of it.
        Map<String, AttributeValue> recent =
                table.findRecent(Keys.observation(observation.resource())).orElse(Map.of());
        String latest = new Version(TimeBounds.latest(now), 0).sortable();
        if (Table.text(recent, VERSION).compareTo(latest) <= 0 && stays(recent, item)) {
            return outcomeBeside(recent, item);
        }
        Map<String, AttributeValue> values = newerThan(item);
        values.put(":latest", s(latest));
        return table.putUnless(item, NEWER, NAMES, values)
                .map(stored -> outcomeBeside(stored, item))
                .orElse(Outcome.RECORDED);
    }

    static Map<String, AttributeValue> item(Observation observation, Instant now) {
        Json facts = Body.without(ObservationJson.write(observation), VERSION);
        Json body = Body.without(facts, OUTSIDE);
        Map<String, AttributeValue> item = new HashMap<>(Keys.observation(observation.resource()));
        item.put(VERSION, s(observation.version().sortable()));
        item.put(STATE, s(observation.state().name()));
        item.put(SERVICE_TYPE, s(observation.serviceType().name()));
        item.put(DIGEST, AttributeValue.fromB(SdkBytes.fromByteArray(Digests.beginning(facts.write()))));
        item.put(
                Body.NAME,
                Body.of(
                        Keys.isWhole(observation.resource()) ? Body.without(body, RESOURCE) : body,
                        Claims.LONGEST_BODY));
        if (!observation.isLive()) {
            item.put(Table.TTL, Table.n(now.plus(TOMBSTONE_LIFE).getEpochSecond()));
        }
        return item;
    }

    /** The observation as the item says it; throws what its parts throw when it cannot be read. */
    static Observation read(Map<String, AttributeValue> item) {
        Json body = Body.claimIn(item);
        if (body.at(RESOURCE).isNull()) {
            String sort = Table.text(item, Keys.SK);
            body = Body.with(
                    body, RESOURCE, Json.of(sort.substring(Math.min(sort.length(), Keys.OBSERVATION.length()))));
        }
        body = Body.with(body, VERSION, Json.of(Table.text(item, VERSION)));
        body = Body.with(body, STATE, Json.of(Table.text(item, STATE)));
        return ObservationJson.read(Body.with(body, "serviceType", Json.of(Table.text(item, SERVICE_TYPE))));
    }

    private static Map<String, AttributeValue> newerThan(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":live", s(Observation.State.LIVE.name()));
        values.put(":tombstone", s(Observation.State.TOMBSTONE.name()));
        NAMES.values().forEach(name -> values.put(":" + name, item.getOrDefault(name, s(""))));
        return values;
    }

    /** True when the stored item certainly stays: it says the same, or its version is newer. */
    private static boolean stays(Map<String, AttributeValue> stored, Map<String, AttributeValue> item) {
        int byVersion = Table.text(stored, VERSION).compareTo(Table.text(item, VERSION));
        return byVersion > 0 || (byVersion == 0 && saysTheSame(stored, item));
    }

    /** What recording answers where this item is stored and stays. */
    private static Outcome outcomeBeside(Map<String, AttributeValue> stored, Map<String, AttributeValue> item) {
        boolean same = Table.text(stored, VERSION).equals(Table.text(item, VERSION)) && saysTheSame(stored, item);
        return same ? Outcome.UNCHANGED : Outcome.OLDER;
    }

    private static boolean saysTheSame(Map<String, AttributeValue> stored, Map<String, AttributeValue> item) {
        return item.getOrDefault(DIGEST, s("")).equals(stored.get(DIGEST));
    }
}
