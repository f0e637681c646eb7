package dev.demarc.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A provider's API on loopback: hands out the answers that a test puts in, in order, for each path. */
public final class StubServer implements AutoCloseable {
    /** An answer: status, headers and body. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }
    }

    /** A request as it came: method, path with query, token and body. */
    public record Request(String method, String target, String authorization, String body) {}

    public final List<Request> requests = new ArrayList<>();
    private final Map<String, Deque<Answer>> answers = new TreeMap<>();
    private final HttpServer server;

    public StubServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next answer for the path; the last one stays. */
    public void put(String path, Answer answer) {
        synchronized (answers) {
            answers.computeIfAbsent(path, ignored -> new ArrayDeque<>()).add(answer);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
            Answer answer;
            synchronized (answers) {
                requests.add(new Request(
                        exchange.getRequestMethod(), exchange.getRequestURI().toString(), token, body));
                Deque<Answer> waiting = answers.get(exchange.getRequestURI().getPath());
                if (waiting == null) {
                    answer = Answer.of(404, "{\"error\":{\"code\":\"ResourceNotFound\"}}");
                } else {
                    answer = waiting.size() > 1 ? waiting.removeFirst() : waiting.getFirst();
                }
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
