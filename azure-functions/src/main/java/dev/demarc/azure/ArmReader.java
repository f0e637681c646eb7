package dev.demarc.azure;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.event.AzureEvents;
import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.ProviderReader;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
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
            throw new IllegalStateException("Resource Graph answered " + answer.status + " for " + providerType);
        }
        List<Current> resources = new ArrayList<>();
        int unreadable = 0;
        for (Json row : answer.body.at("data").elements()) {
            String id = row.textAt("id", "").toLowerCase(Locale.ROOT);
            ResourceId resource =
                    new ResourceId(Provider.AZURE, subscription, "-", providerType.toLowerCase(Locale.ROOT), id);
            // The graph lacks members that ARM has: judge what ARM answers.
            if (current(resource) instanceof CurrentRead.Exists(Current current)) {
                resources.add(current);
            } else {
                unreadable++;
            }
        }
        return new Page(resources, unreadable, answer.body.at("$skipToken").text());
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
            case 401, 403 -> new CurrentRead.Denied(resource.type() + "/read");
            default -> throw new IllegalStateException("ARM answered " + answer.status + " for a " + resource.type());
        };
    }

    @Override
    public Read companion(ResourceId parent, String type, String scope, List<String> ids, String permission) {
        String prefix = parent.type().toLowerCase(Locale.ROOT) + "/";
        String child = type.toLowerCase(Locale.ROOT);
        boolean isChild = scope.equals("resource") && child.startsWith(prefix);
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
            case 401, 403 -> new Read.Denied(permission);
            default -> throw new IllegalStateException("ARM answered " + answer.status + " for a " + type);
        };
    }

    private record Answer(int status, Json body) {}

    private Answer get(String id, String apiVersion) {
        String path = id.replace(" ", "%20") + "?api-version=" + apiVersion;
        return send(HttpRequest.newBuilder(endpoint.resolve(path)).GET());
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(
                    request.timeout(TIMEOUT)
                            .header("authorization", "Bearer " + token.get())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            Json body = response.statusCode() == 200 ? JsonReader.parse(response.body()) : Json.JsonNull.NULL;
            return new Answer(response.statusCode(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading from ARM", e);
        }
    }
}
