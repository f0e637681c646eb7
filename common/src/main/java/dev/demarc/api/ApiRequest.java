package dev.demarc.api;

import dev.demarc.record.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request as the handler sees it: the raw path, each query parameter with its decoded values, headers by lower-case name, the body
 * as text (empty when there is none), and the scope that the shell derived from verified credentials; empty when there were none.
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String body,
        Optional<Scope> scope) {
    public ApiRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
