package dev.demarc.azure;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.event.AzureEvents;
import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.InventoryFailure;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.pipeline.Transient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the subscription: resources by ARM GET at the api-version that the catalogue pins, their list by Resource Graph. */
public final class ArmReader implements ProviderReader, Inventory {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String GRAPH = "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI endpoint;
    private final String subscription;
    private final Supplier<String> token;
    private final Catalogue catalogue;
    private final InstantSource clock;

    public ArmReader(
            URI endpoint, String subscription, Supplier<String> token, Catalogue catalogue, InstantSource clock) {
        this.endpoint = endpoint;
        this.subscription = subscription;
        this.token = token;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.AZURE;
    }

    @Override
    public String account() {
        return subscription;
    }

    @Override
    public Page list(String providerType, Optional<String> skipToken) {
        Json.Builder options = Json.object().with("resultFormat", "objectArray").with("$skipToken", skipToken);
        Json body = Json.object()
                .with("subscriptions", Json.array(List.of(Json.of(subscription))))
                .with(
                        "query",
                        "resources | where type =~ '" + providerType.replace("'", "''")
                                + "' | project id | order by id asc")
                .with("options", options.build())
                .build();
        Answer answer = send(HttpRequest.newBuilder(endpoint.resolve(GRAPH))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.write())));
        if (answer.status != 200) {
            throw new InventoryFailure(
                    answer.status == 403
                            ? "permission Microsoft.ResourceGraph/resources/read is denied; grant Reader to the function"
                            : "Resource Graph answered " + answer.status + " for " + providerType);
        }
        if (!(answer.body.at("data") instanceof Json.JsonArray(List<Json> rows))) {
            throw new InventoryFailure("Resource Graph answered without a list for " + providerType);
        }
        Optional<String> next = answer.body.at("$skipToken").text().filter(one -> !one.isEmpty());
        boolean truncated = answer.body.textAt("resultTruncated", "false").equals("true");
        if (truncated && next.isEmpty()) {
            throw new InventoryFailure("Resource Graph cut its answer short for " + providerType);
        }
        List<Current> resources = new ArrayList<>();
        int unreadable = 0;
        for (Json row : rows) {
            String id = row.textAt("id", "").toLowerCase(Locale.ROOT);
            ResourceId resource =
                    new ResourceId(Provider.AZURE, subscription, "-", providerType.toLowerCase(Locale.ROOT), id);
            // The graph lacks members that ARM has: judge what ARM answers.
            switch (current(resource)) {
                case CurrentRead.Exists(Current current) -> resources.add(current);
                // Deleted since the graph saw it.
                case CurrentRead.Gone ignored -> {}
                case CurrentRead.Denied ignored -> unreadable++;
                case CurrentRead.Unavailable ignored -> unreadable++;
            }
        }
        return new Page(resources, unreadable, next);
    }

    @Override
    public CurrentRead current(ResourceId resource) {
        Optional<String> version =
                catalogue.entriesOf(resource.type()).stream().findFirst().flatMap(CatalogueEntry::apiVersion);
        if (version.isEmpty()) {
            return new CurrentRead.Unavailable("the catalogue pins no api-version for " + resource.type());
        }
        Answer answer = get(resource.nativeId(), version.get());
        return switch (answer.status) {
            case 200 ->
                AzureEvents.decode(answer.body, clock.instant(), version.get()).stream()
                        .filter(ChangeEvent.Changed.class::isInstance)
                        .map(ChangeEvent.Changed.class::cast)
                        .map(changed -> new Current(resource, changed.version(), changed.tags(), changed.body()))
                        .findFirst()
                        .<CurrentRead>map(CurrentRead.Exists::new)
                        .orElse(new CurrentRead.Unavailable("the resource could not be understood"));
            case 404 -> new CurrentRead.Gone();
            case 403 -> new CurrentRead.Denied(resource.type() + "/read");
            default -> throw new IllegalStateException("ARM answered " + answer.status + " for a " + resource.type());
        };
    }

    @Override
    public Read companion(ResourceId parent, Wanted wanted) {
        String type = wanted.type();
        String prefix = parent.type().toLowerCase(Locale.ROOT) + "/";
        String child = type.toLowerCase(Locale.ROOT);
        boolean isChild = wanted.scope().equals("resource") && child.startsWith(prefix);
        Optional<String> version =
                catalogue.entriesOf(parent.type()).stream().findFirst().flatMap(CatalogueEntry::apiVersion);
        if (!isChild || version.isEmpty()) {
            return new Read.Unavailable("no read is written for " + type);
        }
        String path = parent.nativeId() + "/" + child.substring(prefix.length());
        Answer answer = get(path, version.get());
        return switch (answer.status) {
            case 200 ->
                new Read.Found(
                        answer.body.at("value") instanceof Json.JsonArray(List<Json> several)
                                ? several
                                : List.of(answer.body));
            case 404 -> new Read.Found(List.of());
            case 403 -> new Read.Denied(wanted.permission());
            default -> throw new IllegalStateException("ARM answered " + answer.status + " for a " + type);
        };
    }

    private record Answer(int status, Json body) {}

    private Answer get(String id, String apiVersion) {
        String path = id.replace(" ", "%20") + "?api-version=" + apiVersion;
        return send(HttpRequest.newBuilder(endpoint.resolve(path)).GET());
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = answer(request);
        int status = response.statusCode();
        // 401 is about the token and not about a right: a fresh token may be what is missing.
        if (status == 401 || status == 408 || status == 429 || status >= 500) {
            throw new Transient("ARM answered " + status, wait(response));
        }
        try {
            return new Answer(status, status == 200 ? JsonReader.parse(response.body()) : Json.JsonNull.NULL);
        } catch (MalformedJson e) {
            // An answer that was cut off; never to be taken for a message that is malformed.
            throw new Transient("ARM answered what is no JSON: " + e.getMessage());
        }
    }

    private HttpResponse<byte[]> answer(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(TIMEOUT)
                            .header("authorization", "Bearer " + token.get())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Transient("ARM could not be reached", Transient.Tries.LEFT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading from ARM", e);
        }
    }

    private static Optional<Duration> wait(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
