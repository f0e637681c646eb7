package dev.demarc.azure.wiring;

import dev.demarc.azure.ArmReader;
import dev.demarc.catalogue.Catalogue;
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
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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

/** Builds the parts of the Azure functions from the environment, once for each process; the only place that reads it. */
public final class AzureWiring {
    private final Intake intake;
    private final SweepPipeline sweepPipeline;
    private final Supplier<List<SweepEvidence>> sweepEvidence;

    // The worker makes a function instance for each invocation, so what is costly is held by the class.
    private static final class Holder {
        private static final AzureWiring SHARED = new AzureWiring(System.getenv());
    }

    private AzureWiring(Map<String, String> environment) {
        Catalogue catalogue = Catalogue.bundled();
        URI endpoint = URI.create(environment.getOrDefault("DEMARC_ARM_ENDPOINT", "https://management.azure.com"));
        ArmReader reader = new ArmReader(
                endpoint,
                required(environment, "DEMARC_SUBSCRIPTION"),
                () -> accessToken(environment, endpoint),
                catalogue,
                InstantSource.system());
        DynamoDbClient client = DynamoDbClient.builder()
                .region(Region.of(required(environment, "DEMARC_TABLE_REGION")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(options -> options.retryStrategy(RetryMode.STANDARD))
                .build();
        DynamoDbStore store = new DynamoDbStore(client, required(environment, "DEMARC_TABLE"), InstantSource.system());
        Observer observer = new Observer(catalogue, reader, TagKeys.DEFAULT);
        Retry retry =
                new Retry(Retry.Limits.STANDARD, InstantSource.system(), Thread::sleep, RandomGenerator.getDefault());
        AccountId account = new AccountId(Provider.AZURE, reader.account());
        this.intake = new Intake(
                new ChangePipeline(observer, reader, store, store, retry),
                store,
                Optional.of(account),
                "azure-event-grid");
        this.sweepPipeline = new SweepPipeline(observer, reader, reader, store, store, store::observationsOf, retry);
        this.sweepEvidence = () -> store.sweepEvidence(Scope.operator(Scope.MAIN, account));
    }

    public static AzureWiring shared() {
        return Holder.SHARED;
    }

    public Intake intake() {
        return intake;
    }

    /** The evidence that earlier sweeps of the subscription left. */
    public Supplier<List<SweepEvidence>> sweepEvidence() {
        return sweepEvidence;
    }

    public SweepPipeline sweepPipeline() {
        return sweepPipeline;
    }

    /** A token of the function's managed identity, from the endpoint that the host gives it. */
    private static String accessToken(Map<String, String> environment, URI resource) {
        URI identity = URI.create(required(environment, "IDENTITY_ENDPOINT") + "?api-version=2019-08-01&resource="
                + URLEncoder.encode(resource.toString(), StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(identity)
                .header("X-IDENTITY-HEADER", required(environment, "IDENTITY_HEADER"))
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

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + name + " is not set; the template sets it");
        }
        return value;
    }
}
