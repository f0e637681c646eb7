package dev.demarc.api;

import java.util.List;
import java.util.Map;

/** An HTTP request as the handler sees it: the raw path, and each query parameter with its decoded values. */
public record ApiRequest(String method, String path, Map<String, List<String>> query) {
    public ApiRequest {
        query = Map.copyOf(query);
    }
}
