package dev.demarc.local;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.demarc.api.ApiParts;
import dev.demarc.api.FindingsApi;
import dev.demarc.aws.FindingsApiFunction;
import dev.demarc.aws.GatewayCallers;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.project.Rebuild;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The API on loopback. Does what API Gateway does: checks the bearer token, and sends the request with its claims through the Lambda entry
 * point.
 */
final class Server implements AutoCloseable {
    private final FindingsApiFunction function;
    private final ApiTokens tokens;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Server(
            FindingsApiFunction function,
            ApiTokens tokens,
            InstantSource clock,
            Consumer<String> log,
            HttpServer http) {
        this.function = function;
        this.tokens = tokens;
        this.clock = clock;
        this.log = log;
        this.http = http;
    }

    /** Listens on the loopback address; port 0 takes a free one. {@code log} is told of requests that failed. */
    static Server start(
            FindingsApiFunction function, ApiTokens tokens, InstantSource clock, int port, Consumer<String> log)
            throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        Server server = new Server(function, tokens, clock, log, http);
        http.createContext("/", server::answer);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    /** The API over a store, with the tokens of its directory. */
    static Server start(Path directory, SqliteStore store, InstantSource clock, int port) throws IOException {
        ApiParts parts = ApiParts.of(store, Catalogue.bundled(), scope -> Rebuild.within(store, scope), clock);
        return start(directory, parts, clock, port, ignored -> {});
    }

    static Server start(Path directory, ApiParts parts, InstantSource clock, int port, Consumer<String> log)
            throws IOException {
        FindingsApiFunction function = new FindingsApiFunction(
                new FindingsApi(parts, clock), GatewayCallers.of(ApiTokens.credentials()), clock);
        return start(function, ApiTokens.open(directory), clock, port, log);
    }

    /** The token that may do everything. */
    String token() {
        return tokens.token();
    }

    InetAddress address() {
        return http.getAddress().getAddress();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            Optional<String> refusal = LoopbackGuard.refusal(
                    Optional.ofNullable(headers.getFirst("host")), Optional.ofNullable(headers.getFirst("origin")));
            send(exchange, refusal.isPresent() ? problem(403, "forbidden", refusal.get()) : through(exchange));
        }
    }

    private Json through(HttpExchange exchange) throws IOException {
        Json event = event(exchange);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            function.handleRequest(
                    new ByteArrayInputStream(event.write().getBytes(StandardCharsets.UTF_8)),
                    answer,
                    new LocalLambdaContext());
        } catch (RuntimeException e) {
            // What the platform does with a function that failed.
            log.accept(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " failed: " + e);
            return problem(500, "failed", "the request failed on our side; the log of 'demarc up' says why");
        }
        return JsonReader.parse(answer.toByteArray());
    }

    private Json event(HttpExchange exchange) throws IOException {
        Json.Builder headers = Json.object();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.with(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        // One byte more than is read, so that the API refuses what is too large.
        byte[] body = exchange.getRequestBody().readNBytes(FindingsApi.LARGEST_BODY + 1);
        String query = exchange.getRequestURI().getRawQuery();
        Json.Builder context = Json.object()
                .with(
                        "http",
                        Json.object()
                                .with("method", exchange.getRequestMethod())
                                .build());
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("authorization"))
                .flatMap(authorization -> tokens.claims(authorization, clock.instant()))
                .ifPresent(claims -> context.with(
                        "authorizer",
                        Json.object()
                                .with(
                                        "jwt",
                                        Json.object().with("claims", claims).build())
                                .build()));
        return Json.object()
                .with("version", "2.0")
                .with("rawPath", exchange.getRequestURI().getRawPath())
                .with("rawQueryString", query == null ? "" : query)
                .with("headers", headers.build())
                .with("body", new String(body, StandardCharsets.UTF_8))
                .with("isBase64Encoded", false)
                .with("requestContext", context.build())
                .build();
    }

    private static Json problem(int status, String kind, String detail) {
        Json body = Json.object()
                .with("type", "urn:demarc:problem:" + kind)
                .with("title", status == 500 ? "The request failed" : "The request is refused")
                .with("status", status)
                .with("detail", detail)
                .build();
        return Json.object()
                .with("statusCode", status)
                .with(
                        "headers",
                        Json.object()
                                .with("content-type", "application/problem+json")
                                .build())
                .with("body", body.write())
                .build();
    }

    private static void send(HttpExchange exchange, Json response) throws IOException {
        byte[] body = response.textAt("body", "").getBytes(StandardCharsets.UTF_8);
        response.at("headers")
                .members()
                .forEach((name, value) ->
                        exchange.getResponseHeaders().set(name, value.text().orElse("")));
        exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders((int) response.longAt("statusCode", 500), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
