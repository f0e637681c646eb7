package dev.demarc.api;

import dev.demarc.json.Json;

/** An HTTP response: status, content type and body text. */
public record ApiResponse(int status, String contentType, String body) {

    static ApiResponse json(Json body) {
        return new ApiResponse(200, "application/json", body.write());
    }

    /** RFC 9457: what is wrong, and what to send instead. */
    static ApiResponse problem(int status, String title, String detail) {
        Json body = Json.object()
                .with("type", "about:blank")
                .with("title", title)
                .with("status", status)
                .with("detail", detail)
                .build();
        return new ApiResponse(status, "application/problem+json", body.write());
    }
}
