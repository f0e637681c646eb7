package dev.demarc.gcp;

import dev.demarc.event.ChangeEvent;
import dev.demarc.event.GcpEvents;
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
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the project through Cloud Asset Inventory ({@code assets.list}), resources and IAM policies. */
public final class AssetReader implements ProviderReader, Inventory {
    private static final int PAGE = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI endpoint;
    private final String project;
    private final Supplier<String> token;
    private final InstantSource clock;

    /** {@code endpoint} is the Asset API, {@code token} answers a fresh access token at each call. */
    public AssetReader(URI endpoint, String project, Supplier<String> token, InstantSource clock) {
        this.endpoint = endpoint;
        this.project = project;
        this.token = token;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.GCP;
    }

    @Override
    public String account() {
        return project;
    }

    @Override
    public Page list(String providerType, Optional<String> pageToken) {
        Json answer;
        try {
            answer = assets(providerType, "RESOURCE", pageToken);
        } catch (Denied e) {
            throw new InventoryFailure("permission cloudasset.assets.listResource is denied; grant it to the function");
        }
        List<Current> resources = new ArrayList<>();
        int unreadable = 0;
        for (Json asset : answer.at("assets").elements()) {
            Optional<Current> current = current(asset);
            current.ifPresent(resources::add);
            unreadable += current.isEmpty() ? 1 : 0;
        }
        return new Page(resources, unreadable, answer.at("nextPageToken").text().filter(next -> !next.isEmpty()));
    }

    @Override
    public CurrentRead current(ResourceId resource) {
        Optional<String> page = Optional.empty();
        try {
            do {
                Json answer = assets(resource.type(), "RESOURCE", page);
                for (Json asset : answer.at("assets").elements()) {
                    if (asset.textAt("name", "").equals(resource.nativeId())) {
                        return current(asset)
                                .<CurrentRead>map(CurrentRead.Exists::new)
                                .orElse(new CurrentRead.Unavailable("the asset could not be understood"));
                    }
                }
                page = answer.at("nextPageToken").text().filter(next -> !next.isEmpty());
            } while (page.isPresent());
            return new CurrentRead.Gone();
        } catch (Denied e) {
            return new CurrentRead.Denied("cloudasset.assets.listResource");
        }
    }

    @Override
    public Read companion(ResourceId parent, Wanted wanted) {
        if (!wanted.type().equals("iam-policy") || !wanted.scope().equals("resource")) {
            return new Read.Unavailable("Cloud Asset Inventory is not asked for " + wanted.type());
        }
        Optional<String> page = Optional.empty();
        try {
            do {
                Json answer = assets(parent.type(), "IAM_POLICY", page);
                for (Json asset : answer.at("assets").elements()) {
                    if (asset.textAt("name", "").equals(parent.nativeId())) {
                        return new Read.Found(List.of(asset.at("iamPolicy")));
                    }
                }
                page = answer.at("nextPageToken").text().filter(next -> !next.isEmpty());
            } while (page.isPresent());
            // The inventory lists only resources that have a policy: there is none.
            return new Read.Found(List.of());
        } catch (Denied e) {
            return new Read.Denied("cloudasset.assets.listIamPolicy");
        }
    }

    private Optional<Current> current(Json asset) {
        return GcpEvents.decode(asset, clock.instant()).stream()
                .filter(ChangeEvent.Changed.class::isInstance)
                .map(ChangeEvent.Changed.class::cast)
                .map(changed -> new Current(changed.resource(), changed.version(), changed.tags(), changed.body()))
                .findFirst();
    }

    private static final class Denied extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Json assets(String type, String content, Optional<String> page) {
        String query = "?pageSize=" + PAGE + "&contentType=" + content + "&assetTypes=" + encoded(type)
                + page.map(next -> "&pageToken=" + encoded(next)).orElse("");
        HttpRequest request = HttpRequest.newBuilder(
                        endpoint.resolve("/v1/projects/" + encoded(project) + "/assets" + query))
                .timeout(TIMEOUT)
                .header("authorization", "Bearer " + token.get())
                .GET()
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return body(response, type);
        } catch (IOException e) {
            throw new Transient("Cloud Asset could not be reached", Transient.Tries.LEFT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + type, e);
        }
    }

    private static Json body(HttpResponse<byte[]> response, String type) {
        int status = response.statusCode();
        // 401 is about the token and not about a right: a fresh token may be what is missing.
        if (status == 401 || status == 408 || status == 429 || status >= 500) {
            throw new Transient("Cloud Asset answered " + status + " for " + type, wait(response));
        }
        if (status == 403) {
            throw new Denied();
        }
        if (status != 200) {
            throw new InventoryFailure("Cloud Asset answered " + status + " for " + type);
        }
        try {
            return JsonReader.parse(response.body());
        } catch (MalformedJson e) {
            // An answer that was cut off; never to be taken for a message that is malformed.
            throw new Transient("Cloud Asset answered what is no JSON: " + e.getMessage());
        }
    }

    private static Optional<Duration> wait(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
