package dev.demarc.aws;

import dev.demarc.api.ApiRequest;
import dev.demarc.api.ApiResponse;
import dev.demarc.json.Json;
import dev.demarc.record.Scope;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Proxy events of API Gateway, of payload format 1.0 and 2.0, as requests and answers. */
final class GatewayEvent {
    private GatewayEvent() {}

    static ApiRequest request(Json event, Optional<Scope> scope) {
        if (event.at("rawPath").text().isPresent()) {
            return new ApiRequest(
                    event.at("requestContext").at("http").textAt("method", "GET"),
                    event.textAt("rawPath", "/"),
                    query(event.textAt("rawQueryString", "")),
                    headers(event),
                    body(event),
                    scope);
        }
        return new ApiRequest(
                event.textAt("httpMethod", "GET"),
                event.textAt("path", "/"),
                multiValueQuery(event),
                headers(event),
                body(event),
                scope);
    }

    static Json answer(ApiResponse response) {
        Json.Builder headers = Json.object();
        new TreeMap<>(response.headers()).forEach(headers::with);
        return Json.object()
                .with("statusCode", response.status())
                .with("headers", headers.build())
                .with("isBase64Encoded", false)
                .with("body", response.body())
                .build();
    }

    private static String body(Json event) {
        String body = event.textAt("body", "");
        return event.at("isBase64Encoded") == Json.JsonBoolean.TRUE
                ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
                : body;
    }

    /** By lower-case name; several of one name become one, as HTTP joins them. */
    private static Map<String, String> headers(Json event) {
        Map<String, String> headers = new TreeMap<>();
        event.at("headers")
                .members()
                .forEach((name, value) ->
                        value.text().ifPresent(text -> headers.put(name.toLowerCase(Locale.ROOT), text)));
        event.at("multiValueHeaders")
                .members()
                .forEach((name, values) -> headers.put(
                        name.toLowerCase(Locale.ROOT),
                        String.join(
                                ", ",
                                values.elements().stream()
                                        .flatMap(value -> value.text().stream())
                                        .toList())));
        return headers;
    }

    private static Map<String, List<String>> multiValueQuery(Json event) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        event.at("multiValueQueryStringParameters")
                .members()
                .forEach((name, values) -> query.put(
                        name,
                        values.elements().stream()
                                .flatMap(value -> value.text().stream())
                                .toList()));
        event.at("queryStringParameters")
                .members()
                .forEach((name, value) -> value.text().ifPresent(text -> query.putIfAbsent(name, List.of(text))));
        return query;
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.computeIfAbsent(decoded(name), ignored -> new ArrayList<>())
                        .add(decoded(value));
            }
        }
        return query;
    }

    /** What is not URL-encoded text stays as it is, for the API to refuse. */
    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return raw;
        }
    }
}
