package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.api.ApiRequest;
import dev.demarc.api.ApiResponse;
import dev.demarc.api.FindingsApi;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The read API behind API Gateway: proxy events of payload format 1.0 and 2.0. */
public final class FindingsApiFunction implements RequestStreamHandler {
    private final FindingsApi api;

    public FindingsApiFunction() {
        this(AwsWiring.fromEnvironment().api());
    }

    public FindingsApiFunction(FindingsApi api) {
        this.api = api;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ApiResponse response = api.handle(request(JsonReader.parse(input)));
        Json answer = Json.object()
                .with("statusCode", response.status())
                .with(
                        "headers",
                        Json.object()
                                .with("content-type", response.contentType())
                                .build())
                .with("isBase64Encoded", false)
                .with("body", response.body())
                .build();
        output.write(answer.write().getBytes(StandardCharsets.UTF_8));
    }

    private static ApiRequest request(Json event) {
        if (event.at("rawPath").text().isPresent()) {
            String method = event.at("requestContext").at("http").textAt("method", "GET");
            return new ApiRequest(method, event.textAt("rawPath", "/"), query(event.textAt("rawQueryString", "")));
        }
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
        return new ApiRequest(event.textAt("httpMethod", "GET"), event.textAt("path", "/"), query);
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), ignored -> new ArrayList<>())
                        .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
