package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Verdict;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Intake;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.Retry;
import dev.demarc.record.InMemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.config.model.ConfigException;

/** An item that is too large for a message leads to a read of the recorder. */
class OversizedItemTest {
    private static final Instant CHANGED = Instant.parse("2026-01-31T10:00:00.250Z");
    private static final ResourceId BUCKET =
            new ResourceId(Provider.AWS, "111122223333", "eu-west-1", "AWS::S3::Bucket", "invoices");

    private final FakeConfig config = new FakeConfig();
    private final InMemoryStore store = new InMemoryStore();
    private final ConfigChangeFunction function = function();

    @Test
    void recordsWhatTheRecorderHolds() throws IOException {
        config.rows = List.of(row(CHANGED));

        assertThat(handle("UPDATE")).isEqualTo(done());
        assertThat(stored().version().observedAt()).isEqualTo(CHANGED);
        assertThat(stored().verdicts()).isNotEmpty();
    }

    @Test
    void leavesATombstoneForADeleteWithoutARead() throws IOException {
        assertThat(handle("DELETE")).isEqualTo(done());
        assertThat(stored().isLive()).isFalse();
        assertThat(config.expressions).isEmpty();
    }

    @Test
    void isDeliveredAgainWhileTheRecorderStillAnswersTheOlderItemAndNothingPassesMeanwhile() throws IOException {
        config.rows = List.of(row(CHANGED.minusSeconds(3600)));

        assertThat(handle("UPDATE")).isEqualTo(failed());
        assertThat(stored().version().observedAt()).isEqualTo(CHANGED);
        assertThat(stored().verdicts().values()).noneMatch(Verdict.Compliant.class::isInstance);

        config.rows = List.of(row(CHANGED));

        assertThat(handle("UPDATE")).isEqualTo(done());
        assertThat(stored().verdicts().values())
                .noneMatch(verdict -> verdict.reason().contains("older"));
    }

    @Test
    void saysUnknownWithThePermissionWhenTheReadIsDenied() throws IOException {
        config.failure = ConfigException.builder().statusCode(403).build();

        assertThat(handle("UPDATE")).isEqualTo(done());
        assertThat(stored().verdicts().values())
                .anyMatch(verdict -> verdict.reason().contains("permission config:SelectResourceConfig is denied"))
                .noneMatch(Verdict.Compliant.class::isInstance);
    }

    @Test
    void isDeliveredAgainWhenTheReadFailsAndIsRecordedThen() throws IOException {
        config.failure = ConfigException.builder().statusCode(503).build();
        assertThat(handle("UPDATE")).isEqualTo(failed());
        assertThat(store.observation(BUCKET)).isEmpty();

        config.failure = null;
        config.rows = List.of(row(CHANGED));

        assertThat(handle("UPDATE")).isEqualTo(done());
        assertThat(stored().isLive()).isTrue();
    }

    private ConfigChangeFunction function() {
        ConfigReader reader = new ConfigReader(config, "111122223333");
        Retry retry = new Retry(Retry.Limits.STANDARD, InstantSource.fixed(CHANGED), time -> {}, new Random(1));
        ChangePipeline pipeline = new ChangePipeline(
                new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT), reader, store, store, retry);
        return new ConfigChangeFunction(
                new Intake(pipeline, store, Optional.empty(), "aws-config-queue"),
                line -> {},
                InstantSource.fixed(CHANGED.plusSeconds(60)));
    }

    private String handle(String changeType) throws IOException {
        Json summary = Json.object()
                .with("changeType", changeType)
                .with("configurationItemCaptureTime", CHANGED.toString())
                .with("awsAccountId", "111122223333")
                .with("configurationItemStatus", "OK")
                .with("resourceType", "AWS::S3::Bucket")
                .with("resourceId", "invoices")
                .with("awsRegion", "eu-west-1")
                .build();
        Json message = Json.object()
                .with("detail-type", "Config Configuration Item Change")
                .with(
                        "detail",
                        Json.object()
                                .with("messageType", "OversizedConfigurationItemChangeNotification")
                                .with("configurationItemSummary", summary)
                                .build())
                .build();
        String batch = FakeAccount.batch(FakeAccount.record("1", message.write()));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(batch.getBytes(StandardCharsets.UTF_8)),
                output,
                new FakeContext(() -> 900_000));
        return output.toString(StandardCharsets.UTF_8);
    }

    private static String row(Instant capturedAt) {
        return FakeAccount.bucketRecord("1", "invoices")
                .textAt("body", "")
                .replace("2026-01-31T10:00:00.250Z", capturedAt.toString());
    }

    private Observation stored() {
        return store.observation(BUCKET).orElseThrow();
    }

    private static String done() {
        return "{\"batchItemFailures\":[]}";
    }

    private static String failed() {
        return "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}";
    }
}
