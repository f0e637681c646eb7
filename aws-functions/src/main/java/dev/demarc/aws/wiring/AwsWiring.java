package dev.demarc.aws.wiring;

import dev.demarc.api.FindingsApi;
import dev.demarc.aws.ConfigReader;
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
import dev.demarc.project.Projector;
import dev.demarc.project.Rebuild;
import dev.demarc.record.Scope;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.dynamodb.DynamoDbStore;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    public Projector projector() {
        return new Projector(store());
    }

    public FindingsApi api() {
        return new FindingsApi(store(), Catalogue.bundled(), register(), InstantSource.system());
    }

    public Rebuild rebuild() {
        return new Rebuild(store());
    }

    private Register register() {
        String json = environment.get("DEMARC_REGISTER");
        if (json == null) {
            return Register.empty();
        }
        RegisterReader.Result result = RegisterReader.read(JsonReader.parse(json));
        if (!result.mistakes().isEmpty()) {
            // An entry that cannot be read must not silently become "not documented".
            throw new IllegalStateException("DEMARC_REGISTER has mistakes: " + result.mistakes());
        }
        return result.register();
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
        return new DynamoDbStore(client, required("DEMARC_TABLE"), InstantSource.system());
    }

    private String required(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + name + " is not set; the template sets it");
        }
        return value;
    }
}
