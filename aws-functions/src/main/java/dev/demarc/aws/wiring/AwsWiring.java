package dev.demarc.aws.wiring;

import dev.demarc.api.ApiParts;
import dev.demarc.api.FindingsApi;
import dev.demarc.aws.ConfigReader;
import dev.demarc.aws.GatewayCallers;
import dev.demarc.aws.WebhookHttp;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.model.TagKeys;
import dev.demarc.notify.Clockwork;
import dev.demarc.notify.Deliveries;
import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.Teller;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Intake;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.Retry;
import dev.demarc.pipeline.SweepPipeline;
import dev.demarc.project.Projector;
import dev.demarc.project.Rebuild;
import dev.demarc.record.Quarantine;
import dev.demarc.record.Scope;
import dev.demarc.record.StoreChange;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.Tenants;
import dev.demarc.record.dynamodb.DynamoDbStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Builds the parts of the AWS functions from the environment; the only place that reads it. */
public final class AwsWiring {
    private final Map<String, String> environment;

    private AwsWiring(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public static AwsWiring fromEnvironment() {
        return new AwsWiring(System.getenv());
    }

    public Intake intake() {
        ConfigReader reader = reader();
        DynamoDbStore store = store();
        Observer observer = new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT);
        ChangePipeline pipeline = new ChangePipeline(observer, reader, store, store, retry());
        return new Intake(pipeline, store, Optional.of(account()), "aws-config-queue");
    }

    public SweepPipeline sweepPipeline() {
        ConfigReader reader = reader();
        DynamoDbStore store = store();
        Observer observer = new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT);
        return new SweepPipeline(observer, reader, reader, store, store, store::observationsOf, retry());
    }

    /** Projects each change, and tells of it where somebody listens. */
    public Consumer<StoreChange> changeConsumer() {
        DynamoDbStore store = store();
        Projector projector = new Projector(store);
        Teller teller = new Teller(store, store, Catalogue.bundled());
        return change -> {
            projector.apply(change);
            teller.tell(change, Instant.now());
        };
    }

    public Quarantine quarantine() {
        return store();
    }

    public FindingsApi api() {
        DynamoDbStore store = store();
        InstantSource clock = InstantSource.system();
        return new FindingsApi(
                ApiParts.of(store, Catalogue.bundled(), scope -> Rebuild.within(store, scope), clock), clock);
    }

    /** Who may call the API: {@code DEMARC_CALLERS}, as {@link GatewayCallers#of(Json)} reads it; nobody when it is not set. */
    public GatewayCallers callers() {
        return GatewayCallers.of(JsonReader.parse(environment.getOrDefault("DEMARC_CALLERS", "{}")));
    }

    public Rebuild rebuild() {
        return new Rebuild(store());
    }

    public Clockwork clockwork() {
        DynamoDbStore store = store();
        return new Clockwork(store, store, Catalogue.bundled());
    }

    public Deliveries deliveries() {
        TargetCheck targets = TargetCheck.strict();
        return new Deliveries(store(), targets, new WebhookHttp(targets), new SecureRandom());
    }

    /** The tenants there are: those of {@code DEMARC_TENANTS}, and the one of all other accounts. */
    public Set<String> tenantNames() {
        Set<String> names = new TreeSet<>(listedTenants().values());
        names.add(Scope.MAIN);
        return names;
    }

    /** {@code DEMARC_TENANTS}: {@code {"tenant": ["aws#111122223333", …], …}}; accounts that are not listed belong to {@code main}. */
    private Map<AccountId, String> listedTenants() {
        Map<AccountId, String> listed = new HashMap<>();
        JsonReader.parse(environment.getOrDefault("DEMARC_TENANTS", "{}"))
                .members()
                .forEach((tenant, accounts) -> accounts.elements()
                        .forEach(account ->
                                listed.put(AccountId.ofKey(account.text().orElse("")), tenant)));
        return listed;
    }

    /** The evidence that earlier sweeps of the account left. */
    public Supplier<List<SweepEvidence>> sweepEvidence() {
        DynamoDbStore store = store();
        return () -> store.sweepEvidence(Scope.operator(Scope.MAIN, account()));
    }

    private AccountId account() {
        return new AccountId(Provider.AWS, required("DEMARC_ACCOUNT"));
    }

    private static Retry retry() {
        return new Retry(Retry.Limits.STANDARD, InstantSource.system(), Thread::sleep, RandomGenerator.getDefault());
    }

    private ConfigReader reader() {
        ConfigClient client = ConfigClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(options -> options.retryStrategy(RetryMode.STANDARD))
                .build();
        return new ConfigReader(client, required("DEMARC_ACCOUNT"));
    }

    private DynamoDbStore store() {
        DynamoDbClient client = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(options -> options.retryStrategy(RetryMode.STANDARD))
                .build();
        return new DynamoDbStore(
                client, required("DEMARC_TABLE"), InstantSource.system(), Tenants.of(listedTenants(), Scope.MAIN));
    }

    private String required(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + name + " is not set; the template sets it");
        }
        return value;
    }
}
