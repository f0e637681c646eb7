package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigChangeFunctionTest {
    private final FakeAccount account = new FakeAccount();
    private final List<String> log = new ArrayList<>();
    private final ConfigChangeFunction function = new ConfigChangeFunction(
            account.intake(), log::add, InstantSource.fixed(Instant.parse("2026-01-31T10:05:00Z")));

    @Test
    void recordsEveryBucketOfAGoodBatchAndNamesNoFailure() throws IOException {
        String answer = handle(
                FakeAccount.batch(FakeAccount.bucketRecord("1", "invoices"), FakeAccount.bucketRecord("2", "orders")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(account.recorded).containsExactly("invoices", "orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":",
                "",
                "no JSON",
                "7",
                "\"text\"",
                "{}",
                "{\"resourceType\":\"AWS::S3::Bucket\"}",
                "{\"resourceType\":\"AWS::S3::Bucket\",\"resourceId\":\"a\",\"configurationItemCaptureTime\":\"2026-01-31T10:00:00Z\","
                        + "\"awsAccountId\":\"1|2\"}",
                "{\"resourceType\":\"AWS::S3::Bucket\",\"resourceId\":\"a\",\"configurationItemCaptureTime\":\"yesterday\","
                        + "\"awsAccountId\":\"111122223333\"}"
            })
    void quarantinesWhatCannotBeUnderstoodAcknowledgesItAndRecordsItsNeighbours(String body) throws IOException {
        String answer = handle(FakeAccount.batch(
                FakeAccount.bucketRecord("1", "invoices"),
                FakeAccount.record("2", body),
                FakeAccount.bucketRecord("3", "orders")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(account.recorded).containsExactly("invoices", "orders");
        assertThat(account.quarantined).singleElement().asString().startsWith("aws#111122223333 aws-config-queue: ");
    }

    @Test
    void acknowledgesAMessageOfAnotherKindWithoutQuarantine() throws IOException {
        String answer = handle(FakeAccount.batch(FakeAccount.record(
                "1", "{\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":{},\"account\":\"111122223333\"}")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(account.quarantined).isEmpty();
    }

    @Test
    void namesThePoisonThatTheQuarantineCouldNotKeepSoThatItIsDeliveredAgain() throws IOException {
        String answer =
                handle(FakeAccount.batch(FakeAccount.record("1", "unkept {"), FakeAccount.bucketRecord("2", "orders")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}");
        assertThat(account.recorded).containsExactly("orders");
    }

    @Test
    void namesOnlyTheRecordThatTheStoreRefuses() throws IOException {
        String answer = handle(FakeAccount.batch(
                FakeAccount.bucketRecord("1", "invoices"),
                FakeAccount.bucketRecord("2", "unlucky"),
                FakeAccount.bucketRecord("3", "orders")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}");
        assertThat(account.recorded).containsExactly("invoices", "orders");
    }

    @Test
    void handsBackTheRecordsThatItHasNoTimeFor() throws IOException {
        AtomicInteger asked = new AtomicInteger();

        String answer = handle(
                FakeAccount.batch(
                        FakeAccount.bucketRecord("1", "invoices"),
                        FakeAccount.bucketRecord("2", "orders"),
                        FakeAccount.bucketRecord("3", "returns")),
                () -> asked.incrementAndGet() == 1 ? 40_000 : 20_000);

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"3\"}]}");
        assertThat(account.recorded).containsExactly("invoices", "orders");
    }

    @Test
    void handlesAtLeastOneRecordOfABatchHoweverLittleTimeThereIs() throws IOException {
        String answer = handle(FakeAccount.batch(FakeAccount.bucketRecord("1", "invoices")), () -> 1_000);

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void logsThePlaceOfAFailureAndNeverTheContentOfAMessage() throws IOException {
        handle(FakeAccount.batch(FakeAccount.record("2", "secret-value {")));

        assertThat(log).singleElement().asString().contains("message 2").doesNotContain("secret-value");
        assertThat(account.quarantined).singleElement().asString().doesNotContain("secret-value");
    }

    @Test
    void failsTheWholeBatchWhenARecordHasNoMessageId() {
        assertThatThrownBy(() -> handle("{\"Records\":[{\"body\":\"{}\"}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("messageId");
    }

    private String handle(String batch) throws IOException {
        return handle(batch, () -> 900_000);
    }

    private String handle(String batch, IntSupplier remainingMillis) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)),
                output,
                new FakeContext(remainingMillis));
        return output.toString(StandardCharsets.UTF_8);
    }
}
