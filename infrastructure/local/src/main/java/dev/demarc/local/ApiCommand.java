package dev.demarc.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code demarc api}: one request to the API that {@code demarc up} serves, with the token of the data directory. */
@Command(
        name = "api",
        mixinStandardHelpOptions = true,
        description = {
            "Send a request to the API that 'demarc up' serves, with the token of the data directory.",
            "Prints the body of the answer; exit 1 when the answer is a problem."
        })
final class ApiCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Parameters(index = "0", description = "GET, POST, PUT or DELETE")
    private String method = "GET";

    @Parameters(index = "1", description = "such as /v1/findings?provider=aws")
    private String path = "/";

    @Option(names = "--body", paramLabel = "FILE", description = "JSON to send")
    private @Nullable Path body;

    @Option(names = "--header", paramLabel = "NAME:VALUE", description = "such as If-Match:...; may be repeated")
    private List<String> headers = List.of();

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080",
            description = "where the API is (default: ${DEFAULT-VALUE})")
    private String url = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String token = SecretFile.read(options.directory().resolve(ApiTokens.TOKEN_FILE));
        HttpResponse<String> response;
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            response = client.send(request(token), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (ConnectException e) {
            throw new UserError(
                    "nothing answers at " + url + "; start 'demarc up' with the same --data, or give --url");
        }
        if (!response.body().isEmpty()) {
            Console.out(spec, out -> out.println(response.body()));
        }
        boolean fine = response.statusCode() < 400;
        if (!fine) {
            Console.err(spec).println("demarc: the API answered " + response.statusCode());
        }
        return fine ? ExitCode.FINE : ExitCode.TOOL_ERROR;
    }

    private HttpRequest request(String token) throws IOException {
        URI target = target();
        if (!LoopbackGuard.isLoopback(String.valueOf(target.getAuthority()))) {
            throw new UserError("the token of a data directory goes to this machine only, and not to " + url);
        }
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofFile(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(method.toUpperCase(java.util.Locale.ROOT), publisher)
                .timeout(Duration.ofMinutes(5))
                .header("authorization", "Bearer " + token);
        if (body != null) {
            request.header("content-type", "application/json");
        }
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new UserError("'" + header + "' is no header; write NAME:VALUE");
            }
            request.header(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return request.build();
    }

    private URI target() {
        try {
            return URI.create(url + (path.startsWith("/") ? path : "/" + path));
        } catch (IllegalArgumentException e) {
            throw new UserError("'" + path + "' is no path; URL-encode what stands in it");
        }
    }
}
