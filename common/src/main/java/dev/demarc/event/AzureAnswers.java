package dev.demarc.event;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Unwraps answers of the ARM and Resource Graph APIs, plain or as a recording of several requests. */
final class AzureAnswers {
    private AzureAnswers() {}

    static boolean isRecording(Json input) {
        return Members.find(input, "interactions") instanceof Json.JsonArray;
    }

    /** The resources of a list answer; empty when this is no list answer. */
    static Optional<List<Json>> list(Json answer) {
        for (String name : List.of("value", "data")) {
            if (Members.find(answer, name) instanceof Json.JsonArray(List<Json> resources)) {
                return Optional.of(resources);
            }
        }
        return Optional.empty();
    }

    /** Gives every management answer to {@code read}; whatever holds no resources becomes an ignored event. */
    static void recorded(Json recording, Consumer<Json> read, Consumer<ChangeEvent> events) {
        List<Json> interactions = Members.find(recording, "interactions").elements();
        for (Json interaction : interactions) {
            Json body = body(interaction);
            String url = Members.textOf(Members.find(interaction, "request"), "uri", "url");
            if (!url.isEmpty() && !url.contains("://management.")) {
                events.accept(new ChangeEvent.Ignored("an answer of a data-plane API"));
            } else if (body.isNull()) {
                events.accept(new ChangeEvent.Ignored("an answer without a body"));
            } else if (Members.has(body, "error")) {
                events.accept(new ChangeEvent.Ignored("an error answer"));
            } else {
                read.accept(body);
            }
        }
        if (interactions.isEmpty()) {
            events.accept(new ChangeEvent.Ignored("an empty recording"));
        }
    }

    private static Json body(Json interaction) {
        Json body = Members.find(Members.find(interaction, "response"), "body");
        return Members.entered(Members.has(body, "data", "string") ? Members.find(body, "data", "string") : bare(body));
    }

    private static Json bare(Json body) {
        boolean wrapper = body.members().containsKey("data") || body.members().containsKey("string");
        return wrapper ? Json.JsonNull.NULL : body;
    }
}
