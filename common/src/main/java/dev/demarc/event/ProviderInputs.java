package dev.demarc.event;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.model.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes input of any provider by its shape. Never throws; one element that cannot be understood does not spoil the others. */
public final class ProviderInputs {
    private ProviderInputs() {}

    /** Decodes a value; {@code fallback} is the time of a resource whose document states none. */
    public static List<ChangeEvent> decode(Json input, Instant fallback) {
        return switch (input) {
            case Json.JsonArray(List<Json> elements)
            when elements.isEmpty() -> List.of(new ChangeEvent.Ignored("an empty list"));
            case Json.JsonArray(List<Json> elements) ->
                elements.stream()
                        .flatMap(element -> decode(element, fallback).stream())
                        .toList();
            case Json.JsonObject object -> decodeObject(object, fallback);
            case Json.JsonText(String text) -> decode(text, fallback);
            case Json.JsonNumber ignored -> rejected("a number");
            case Json.JsonBoolean ignored -> rejected("a boolean");
            case Json.JsonNull ignored -> rejected("a null");
        };
    }

    /** Decodes a text: JSON, or the plain welcome message of an asset feed. */
    public static List<ChangeEvent> decode(String text, Instant fallback) {
        if (GcpEvents.isWelcome(text)) {
            return GcpEvents.decode(text, fallback);
        }
        try {
            Json input = JsonReader.parse(text);
            return input instanceof Json.JsonText ? rejected("a text") : decode(input, fallback);
        } catch (MalformedJson malformed) {
            return rejected(malformed.getMessage());
        }
    }

    /** Which provider's shape the input has; empty for a list, and for what no provider sends. */
    public static Optional<Provider> provider(Json input) {
        if (!input.isObject()) {
            return input instanceof Json.JsonText ? Optional.of(Provider.GCP) : Optional.empty();
        }
        if (AwsEvents.understands(input)) {
            return Optional.of(Provider.AWS);
        }
        if (GcpEvents.understands(input)) {
            return Optional.of(Provider.GCP);
        }
        return AzureEvents.understands(input) ? Optional.of(Provider.AZURE) : Optional.empty();
    }

    private static List<ChangeEvent> decodeObject(Json input, Instant fallback) {
        if (AwsEvents.understands(input)) {
            return AwsEvents.decode(input);
        }
        if (GcpEvents.understands(input)) {
            return GcpEvents.decode(input, fallback);
        }
        if (AzureEvents.understands(input)) {
            return AzureEvents.decode(input, fallback);
        }
        return rejected("an object of no known shape");
    }

    private static List<ChangeEvent> rejected(@Nullable String what) {
        return List.of(new ChangeEvent.Rejected(what
                + "; expected an AWS Config message or item, an Azure event or ARM resource, or a Google Cloud asset"));
    }
}
