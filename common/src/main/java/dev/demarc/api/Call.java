package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A request that was routed and may be answered: who asks, when, with what. */
record Call(
        ApiRequest request,
        Operation operation,
        Map<String, String> path,
        Parameters parameters,
        Optional<Scope> caller,
        Instant now) {

    /** The scope; there is one for every operation that is not public. */
    Scope scope() {
        return caller.orElseThrow(() -> Refusal.of(Problem.Kind.UNAUTHENTICATED, Router.NO_CREDENTIALS));
    }

    String id() {
        return path.getOrDefault("id", "");
    }

    /** The JSON body; refuses one that is missing, of another type, or not JSON. */
    Json body() {
        String type = request.header("content-type").orElse(ApiResponse.JSON);
        if (!mediaType(type).equals(ApiResponse.JSON)) {
            throw Refusal.of(
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE, "send the body as application/json; this one is another type");
        }
        try {
            return JsonReader.parse(request.body());
        } catch (MalformedJson e) {
            throw Refusal.of(Problem.Kind.MALFORMED_REQUEST, "the body is " + e.getMessage());
        }
    }

    private static String mediaType(String header) {
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** Refuses a body where none is read, so that nobody believes it had an effect. */
    void noBody() {
        if (!request.body().isBlank()) {
            throw Refusal.of(Problem.Kind.MALFORMED_REQUEST, "this operation takes no body; send none");
        }
    }
}
