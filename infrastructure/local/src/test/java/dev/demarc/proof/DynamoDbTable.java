package dev.demarc.proof;

import dev.demarc.record.dynamodb.TestTable;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A central table in LocalStack, by the endpoint and the table's name. */
record DynamoDbTable(String endpoint, String name) {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    static DynamoDbTable create(String endpoint, String name) {
        DynamoDbTable table = new DynamoDbTable(endpoint, name);
        try (DynamoDbClient client = table.client()) {
            TestTable.createWithoutExpiry(client, name);
        }
        return table;
    }

    void drop() {
        try (DynamoDbClient client = client()) {
            client.deleteTable(request -> request.tableName(name));
        }
    }

    /** A client with the retries of production, straight to the endpoint. */
    DynamoDbClient client(ExecutionInterceptor... interceptors) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(settings -> {
                    settings.retryStrategy(RetryMode.STANDARD);
                    Arrays.stream(interceptors).forEach(settings::addExecutionInterceptor);
                })
                .build();
    }

    /** A client that gives up soon and never tries again by itself, so that every fault reaches the suite. */
    DynamoDbClient impatient(String through) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(through))
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(LONGEST_WAIT)
                        .socketTimeout(LONGEST_WAIT))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    DynamoDbStreamsClient streams() {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
