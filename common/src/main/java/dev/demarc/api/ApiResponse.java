package dev.demarc.api;

import dev.demarc.json.Json;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP response: status, headers by lower-case name, and body text. */
public record ApiResponse(int status, Map<String, String> headers, String body) {
    static final String JSON = "application/json";

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    static ApiResponse json(Json body) {
        return of(200, JSON, body.write());
    }

    static ApiResponse json(int status, Json body) {
        return of(status, JSON, body.write());
    }

    static ApiResponse of(int status, String contentType, String body) {
        return new ApiResponse(status, Map.of("content-type", contentType), body);
    }

    static ApiResponse empty(int status) {
        return new ApiResponse(status, Map.of(), "");
    }

    /** With one more header, or another value of it. */
    public ApiResponse with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, more, body);
    }

    ApiResponse without(String name) {
        Map<String, String> fewer = new TreeMap<>(headers);
        fewer.remove(name);
        return new ApiResponse(status, fewer, body);
    }

    ApiResponse withoutBody() {
        return new ApiResponse(status, headers, "");
    }

    boolean isFine() {
        return status >= 200 && status < 300;
    }
}
