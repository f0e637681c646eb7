package dev.demarc.api;

import java.util.Map;

/** An HTTP response: status, headers by lower-case name, and body text. */
public record ApiResponse(int status, Map<String, String> headers, String body) {
    public ApiResponse {
        headers = Map.copyOf(headers);
    }
}
