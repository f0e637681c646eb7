package dev.demarc.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.demarc.aws.FindingsApiFunction;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The API on loopback: each request goes through the Lambda entry point as API Gateway would send it. */
final class Server implements AutoCloseable {
    private final FindingsApiFunction function;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Server(FindingsApiFunction function, HttpServer http) {
        this.function = function;
        this.http = http;
    }

    /** Listens on the loopback address; port 0 takes a free one. */
    static Server start(FindingsApiFunction function, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        Server server = new Server(function, http);
        http.createContext("/", server::answer);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            Json event = Json.object()
                    .with("version", "2.0")
                    .with("rawPath", exchange.getRequestURI().getRawPath())
                    .with("rawQueryString", query == null ? "" : query)
                    .with(
                            "requestContext",
                            Json.object()
                                    .with(
                                            "http",
                                            Json.object()
                                                    .with("method", exchange.getRequestMethod())
                                                    .build())
                                    .build())
                    .build();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            function.handleRequest(
                    new ByteArrayInputStream(event.write().getBytes(StandardCharsets.UTF_8)),
                    answer,
                    new LocalLambdaContext());
            Json response = JsonReader.parse(answer.toByteArray());
            byte[] body = response.textAt("body", "").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("content-type", response.at("headers").textAt("content-type", "application/json"));
            exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
            exchange.sendResponseHeaders((int) response.longAt("statusCode", 500), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
