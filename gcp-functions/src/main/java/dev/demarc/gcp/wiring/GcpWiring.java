package dev.demarc.gcp.wiring;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.gcp.AssetReader;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.model.TagKeys;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Intake;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.Retry;
import dev.demarc.pipeline.SweepPipeline;
import dev.demarc.record.Scope;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.dynamodb.DynamoDbStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Builds the parts of the Google functions from the environment; the only place that reads it. */
public final class GcpWiring {
    private static final URI TOKEN =
            URI.create("http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token");

    private final Map<String, String> environment;

    private GcpWiring(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public static GcpWiring fromEnvironment() {
        return new GcpWiring(System.getenv());
    }

    public Intake intake() {
        AssetReader reader = reader();
        DynamoDbStore store = store();
        Observer observer = new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT);
        ChangePipeline pipeline = new ChangePipeline(observer, reader, store, store, retry());
        return new Intake(pipeline, store, Optional.of(account()), "gcp-pubsub");
    }

    public SweepPipeline sweepPipeline() {
        AssetReader reader = reader();
        DynamoDbStore store = store();
        Observer observer = new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT);
        return new SweepPipeline(observer, reader, reader, store, store, store::observationsOf, retry());
    }

    /** The evidence that earlier sweeps of the account left. */
    public Supplier<List<SweepEvidence>> sweepEvidence() {
        DynamoDbStore store = store();
        return () -> store.sweepEvidence(Scope.operator(Scope.MAIN, account()));
    }

    private AccountId account() {
        return new AccountId(Provider.GCP, required("DEMARC_PROJECT"));
    }

    private static Retry retry() {
        return new Retry(Retry.Limits.STANDARD, InstantSource.system(), Thread::sleep, RandomGenerator.getDefault());
    }

    private AssetReader reader() {
        URI endpoint =
                URI.create(environment.getOrDefault("DEMARC_ASSET_ENDPOINT", "https://cloudasset.googleapis.com"));
        return new AssetReader(endpoint, required("DEMARC_PROJECT"), GcpWiring::accessToken, InstantSource.system());
    }

    private DynamoDbStore store() {
        DynamoDbClient client = DynamoDbClient.builder()
                .region(Region.of(required("DEMARC_TABLE_REGION")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(options -> options.retryStrategy(RetryMode.STANDARD))
                .build();
        return new DynamoDbStore(client, required("DEMARC_TABLE"), InstantSource.system());
    }

    private static String accessToken() {
        HttpRequest request = HttpRequest.newBuilder(TOKEN)
                .header("Metadata-Flavor", "Google")
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return JsonReader.parse(response.body()).textAt("access_token", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fetching a token", e);
        }
    }

    private String required(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + name + " is not set; the module sets it");
        }
        return value;
    }
}
