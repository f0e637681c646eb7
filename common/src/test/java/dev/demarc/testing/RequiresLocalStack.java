package dev.demarc.testing;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.TestcontainersConfiguration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * A LocalStack container for the tests of one class. Where Docker or the image cannot be had, the tests are skipped and say why; with
 * {@code -Ddemarc.localstack=required} they fail.
 */
public final class RequiresLocalStack implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    // Closed in afterAll.
    @SuppressWarnings("resource")
    private final LocalStackContainer container;

    public RequiresLocalStack(String... services) {
        this.container = new LocalStackContainer(IMAGE)
                .withServices(Arrays.stream(services)
                        .map(LocalStackContainer.EnabledService::named)
                        .toArray(LocalStackContainer.EnabledService[]::new))
                .withEnv("EAGER_SERVICE_LOADING", "1")
                .withEnv("PROVIDER_OVERRIDE_DYNAMODB", "v2")
                // The proofs keep some hundred thousand items and the stream of their changes.
                .withEnv("DYNAMODB_HEAP_SIZE", "2G");
    }

    public LocalStackContainer container() {
        return container;
    }

    /** A client of the container, from {@code DynamoDbClient.builder()} and the like. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(container.getEndpoint())
                .region(Region.of(container.getRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Skips with the reason, unless the tests are required: then what is missing fails them. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean isContainer = context.getTestMethod().isEmpty();
        if (isContainer && !isRequired() && !(hasImage(IMAGE.asCanonicalNameString()) && hasReaper())) {
            return ConditionEvaluationResult.disabled(
                    "these tests need LocalStack, and its image is not here; start Docker and run: docker pull "
                            + IMAGE.asCanonicalNameString());
        }
        return ConditionEvaluationResult.enabled("LocalStack can be had, or is required");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            missing("no Docker engine answers", new IllegalStateException("Docker is not available"));
        }
        try {
            container.start();
        } catch (RuntimeException e) {
            if (!isFetchFailure(e)) {
                throw e;
            }
            missing("the image " + IMAGE + " cannot be had", e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (container.isCreated()) {
            container.stop();
        }
    }

    private static void missing(String what, RuntimeException because) {
        if (isRequired()) {
            throw new IllegalStateException("these tests need LocalStack: " + what, because);
        }
        Assumptions.abort("skipped because these tests need LocalStack: " + what);
    }

    private static boolean isRequired() {
        return "required".equals(System.getProperty("demarc.localstack"));
    }

    /** Testcontainers starts a reaper first, from an image of its own unless the environment says otherwise. */
    private static boolean hasReaper() {
        TestcontainersConfiguration configuration = TestcontainersConfiguration.getInstance();
        return Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))
                || hasImage(configuration.getEnvVarOrProperty("ryuk.container.image", "testcontainers/ryuk:0.12.0"));
    }

    /** Asks the engine's own command, which answers at once; a pull that cannot succeed would be retried for minutes. */
    private static boolean hasImage(String image) {
        try {
            Process inspect = new ProcessBuilder("docker", "image", "inspect", image)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return inspect.waitFor(10, TimeUnit.SECONDS) && inspect.exitValue() == 0;
        } catch (IOException noCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isFetchFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ContainerFetchException) {
                return true;
            }
        }
        return false;
    }
}
