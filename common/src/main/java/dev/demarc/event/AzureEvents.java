package dev.demarc.event;

import dev.demarc.event.ChangeEvent.Changed;
import dev.demarc.event.ChangeEvent.CompanionChanged;
import dev.demarc.event.ChangeEvent.Deleted;
import dev.demarc.event.ChangeEvent.Ignored;
import dev.demarc.event.ChangeEvent.Rejected;
import dev.demarc.event.ChangeEvent.Touched;
import dev.demarc.json.Json;
import dev.demarc.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decodes what Azure sends about resources: Event Grid events in both schemas, and ARM resources as they are read. An event is only a
 * hint, for its body, if it has one, is of an old api-version. Never throws.
 */
public final class AzureEvents {
    private static final String EXPECTED =
            "; expected an Event Grid event, a CloudEvent, or an ARM resource with an id below /subscriptions/";

    private final Instant fallback;
    private final boolean whole;
    private final List<ChangeEvent> events = new ArrayList<>();

    private AzureEvents(Instant fallback, boolean whole) {
        this.fallback = fallback;
        this.whole = whole;
    }

    /** Decodes input whose api-version is not known; {@code fallback} is the time of a resource that states none. */
    public static List<ChangeEvent> decode(Json input, Instant fallback) {
        return decode(new AzureEvents(fallback, false), input);
    }

    /** Decodes resources read at this api-version, so that what is missing in them is missing in the resource. */
    public static List<ChangeEvent> decode(Json input, Instant fallback, String apiVersion) {
        return decode(new AzureEvents(fallback, !apiVersion.isBlank()), input);
    }

    private static List<ChangeEvent> decode(AzureEvents decoding, Json input) {
        decoding.read(input);
        return List.copyOf(decoding.events);
    }

    static boolean understands(Json input) {
        String id = Members.textOf(input, "id").toLowerCase(Locale.ROOT);
        return isEvent(input)
                || id.startsWith("/subscriptions/")
                || id.startsWith("/providers/")
                || AzureAnswers.isRecording(input)
                || AzureAnswers.list(input).isPresent()
                || Members.has(input, "validationCode");
    }

    private static boolean isEvent(Json input) {
        return Members.has(input, "eventType")
                || (Members.has(input, "specversion")
                        && Members.textOf(input, "type").startsWith("Microsoft."));
    }

    private void read(Json input) {
        if (input instanceof Json.JsonArray(List<Json> elements)) {
            readAll(elements);
        } else if (isEvent(input)) {
            events.add(event(input));
        } else if (Members.find(input, "event").isObject()) {
            read(Members.find(input, "event"));
        } else if (AzureAnswers.isRecording(input)) {
            AzureAnswers.recorded(input, this::read, events::add);
        } else if (Members.has(input, "id")) {
            events.add(resource(input));
        } else if (AzureAnswers.list(input).isPresent()) {
            readAll(AzureAnswers.list(input).get());
        } else if (Members.has(input, "validationCode")) {
            events.add(new Ignored("the validation of a subscription"));
        } else {
            events.add(new Rejected("a value of no known Azure shape" + EXPECTED));
        }
    }

    private void readAll(List<Json> elements) {
        elements.forEach(this::read);
        if (elements.isEmpty()) {
            events.add(new Ignored("an empty list"));
        }
    }

    private ChangeEvent event(Json event) {
        String type = Members.textOf(event, "eventType", "type").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "microsoft.resources.resourcewritesuccess" ->
                hint(event, "the event does not carry the configuration");
            case "microsoft.resourcenotifications.resources.createdorupdated" ->
                hint(event, "the event carries the configuration at an old api-version");
            case "microsoft.resources.resourcedeletesuccess", "microsoft.resourcenotifications.resources.deleted" ->
                hint(event, "");
            case "microsoft.eventgrid.subscriptionvalidationevent" -> new Ignored("the validation of a subscription");
            default ->
                new Ignored(
                        type.startsWith("microsoft.resources.")
                                ? "an action, or a write or delete that did not succeed"
                                : "an event of another kind than resource changes");
        };
    }

    /** A change of the resource that the event names; a delete when there is no reason to read it. */
    private ChangeEvent hint(Json event, String because) {
        Json data = Members.entered(Members.find(event, "data"));
        String id = Members.textOf(Members.find(data, "resourceInfo"), "id");
        if (id.isEmpty()) {
            id = Members.textOf(data, "resourceUri");
        }
        if (id.isEmpty()) {
            id = Members.textOf(event, "subject");
        }
        Optional<Instant> at = Moments.of(Members.find(Members.find(data, "operationalInfo"), "resourceEventTime"));
        if (at.isEmpty()) {
            at = Moments.of(Members.find(event, "eventTime", "time"));
        }
        if (at.isEmpty()) {
            return new Rejected("an event without a time; expected eventTime or time in ISO 8601");
        }
        Version version = new Version(at.get(), 0);
        return about(id, known -> {
            if (known.isDependent()) {
                return new Touched(
                        known.owner(), version, "a child or extension of it changed: " + known.companionType());
            }
            return because.isEmpty()
                    ? new Deleted(known.owner(), version)
                    : new Touched(known.owner(), version, because);
        });
    }

    private ChangeEvent resource(Json resource) {
        Json lastModified = Members.find(Members.find(resource, "systemData"), "lastModifiedAt");
        Version version = new Version(Moments.of(lastModified).orElse(fallback), 0);
        return about(
                Members.textOf(resource, "id"),
                known -> known.isDependent()
                        ? new CompanionChanged(known.owner(), known.companionType(), version, resource)
                        : new Changed(
                                known.owner(), version, Tags.of(Members.find(resource, "tags")), resource, whole));
    }

    private interface Reading {
        ChangeEvent of(AzureId known);
    }

    private static ChangeEvent about(String id, Reading reading) {
        Optional<AzureId> known = AzureId.parse(id);
        if (known.isEmpty()) {
            return id.toLowerCase(Locale.ROOT).startsWith("/providers/")
                    ? new Ignored("a resource outside every subscription")
                    : new Rejected("an id that is not a full resource id" + EXPECTED);
        }
        return known.get().isRecordOfActivity()
                ? new Ignored("an entry about activity, not about settings")
                : reading.of(known.get());
    }
}
