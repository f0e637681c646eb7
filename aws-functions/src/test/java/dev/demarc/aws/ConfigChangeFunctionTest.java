package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigChangeFunctionTest {
    private final FakeAccount account = new FakeAccount();
    private final List<String> log = new ArrayList<>();
    private final ConfigChangeFunction function = new ConfigChangeFunction(account.changePipeline(), log::add);

    @Test
    void recordsEveryBucketOfAGoodBatchAndNamesNoFailure() throws IOException {
        String answer = handle(
                FakeAccount.batch(FakeAccount.bucketRecord("1", "invoices"), FakeAccount.bucketRecord("2", "orders")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(account.recorded).containsExactly("invoices", "orders");
    }

    @Test
    void namesOnlyTheMalformedRecordAndRecordsItsNeighbours() throws IOException {
        String answer = handle(FakeAccount.batch(
                FakeAccount.bucketRecord("1", "invoices"),
                FakeAccount.record("2", "{\"resourceType\":"),
                FakeAccount.bucketRecord("3", "orders")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}");
        assertThat(account.recorded).containsExactly("invoices", "orders");
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
    void logsThePlaceOfAFailureAndNeverTheContentOfAMessage() throws IOException {
        handle(FakeAccount.batch(FakeAccount.record("2", "secret-value {")));

        assertThat(log).singleElement().asString().contains("message 2").doesNotContain("secret-value");
    }

    @Test
    void failsTheWholeBatchWhenARecordHasNoMessageId() {
        assertThatThrownBy(() -> handle("{\"Records\":[{\"body\":\"{}\"}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("messageId");
    }

    private String handle(String batch) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)),
                output,
                new FakeContext(() -> 900_000));
        return output.toString(StandardCharsets.UTF_8);
    }
}
