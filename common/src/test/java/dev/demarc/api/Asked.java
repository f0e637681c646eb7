package dev.demarc.api;

import dev.demarc.record.Scope;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Requests as tests write them: {@code GET /v1/findings?provider=aws}, headers as {@code name: value}. */
final class Asked {
    private Asked() {}

    static ApiRequest request(Optional<Scope> scope, String line, String body, String... headers) {
        int blank = line.indexOf(' ');
        String target = line.substring(blank + 1);
        int mark = target.indexOf('?');
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&")) {
                String[] parts = pair.split("=", 2);
                query.computeIfAbsent(parts[0], ignored -> new ArrayList<>())
                        .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            named.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        String path = mark < 0 ? target : target.substring(0, mark);
        return new ApiRequest(line.substring(0, blank), path, query, named, body, scope);
    }

    static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
