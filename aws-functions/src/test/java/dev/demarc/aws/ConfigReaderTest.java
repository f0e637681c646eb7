package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.InventoryFailure;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.pipeline.Retry;
import dev.demarc.pipeline.Transient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.config.model.ConfigException;
import software.amazon.awssdk.services.config.model.ConfigurationItemStatus;
import software.amazon.awssdk.services.config.model.RecordingGroup;

class ConfigReaderTest {
    private static final ResourceId BUCKET =
            new ResourceId(Provider.AWS, "111122223333", "eu-west-1", "AWS::S3::Bucket", "invoices");

    private final FakeConfig config = new FakeConfig();
    private final ConfigReader reader = new ConfigReader(config, "111122223333");

    @Test
    void countsARowThatIsNoJsonAsUnreadableAndKeepsTheOthers() {
        config.rows = List.of(FakeAccount.bucketRecord("1", "invoices").textAt("body", ""), "{\"resourceType\":");

        Inventory.Page page = reader.list("AWS::S3::Bucket", Optional.empty());

        assertThat(page.resources())
                .singleElement()
                .satisfies(current -> assertThat(current.resource().nativeId()).isEqualTo("invoices"));
        assertThat(page.unreadable()).isEqualTo(1);
    }

    @Test
    void throwsWhenAListIsDeniedSoThatASweepNeverLooksComplete() {
        config.failure = ConfigException.builder().statusCode(403).build();

        assertThatThrownBy(() -> reader.list("AWS::S3::Bucket", Optional.empty()))
                .isInstanceOf(InventoryFailure.class)
                .hasMessageContaining("config:SelectResourceConfig");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void throwsAFailureThatMayPassAsOneThatTheSdkHasTriedAgainAlready(int status) {
        config.failure = ConfigException.builder().statusCode(status).build();
        AtomicInteger attempts = new AtomicInteger();
        Retry retry = new Retry(Retry.Limits.STANDARD, InstantSource.fixed(Instant.EPOCH), time -> {}, new Random(1));

        assertThatThrownBy(() -> retry.call(() -> {
                    attempts.incrementAndGet();
                    return reader.list("AWS::S3::Bucket", Optional.empty());
                }))
                .isInstanceOf(Transient.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void vouchesForEveryTypeWhenTheRecorderRecordsAll() {
        config.group = RecordingGroup.builder().allSupported(true).build();

        assertThat(reader.coverage().gap("AWS::S3::Bucket")).isEmpty();
    }

    @Test
    void vouchesOnlyForTheTypesThatAreRecorded() {
        config.group = RecordingGroup.builder()
                .allSupported(false)
                .resourceTypesWithStrings("AWS::Lambda::Function")
                .build();

        assertThat(reader.coverage().gap("AWS::Lambda::Function")).isEmpty();
        assertThat(reader.coverage().gap("AWS::S3::Bucket").orElseThrow()).contains("does not record AWS::S3::Bucket");
    }

    @Test
    void doesNotVouchForATypeThatIsExcluded() {
        config.group = RecordingGroup.builder()
                .allSupported(false)
                .exclusionByResourceTypes(excluded -> excluded.resourceTypesWithStrings("AWS::S3::Bucket"))
                .build();

        assertThat(reader.coverage().gap("AWS::Lambda::Function")).isEmpty();
        assertThat(reader.coverage().gap("AWS::S3::Bucket")).isPresent();
    }

    @Test
    void vouchesForNothingWhenTheRecorderIsStoppedOrMissing() {
        config.recording = false;
        assertThat(reader.coverage().gap("AWS::S3::Bucket").orElseThrow()).contains("stopped");

        config.group = null;
        assertThat(reader.coverage().gap("AWS::S3::Bucket").orElseThrow()).contains("no recorder");
    }

    @Test
    void vouchesForNothingWhenItMayNotAskTheRecorder() {
        config.failure = ConfigException.builder().statusCode(403).build();

        assertThat(reader.coverage().gap("AWS::S3::Bucket").orElseThrow())
                .contains("permission config:DescribeConfigurationRecorders");
    }

    @Test
    void datesItsReadsByTheClockOfTheEvents() {
        config.rows = List.of(FakeAccount.bucketRecord("1", "invoices").textAt("body", ""));

        assertThat(reader.current(BUCKET))
                .isInstanceOfSatisfying(
                        ProviderReader.CurrentRead.Exists.class,
                        read -> assertThat(read.current().clock()).isEqualTo(ProviderReader.Clock.OF_EVENTS));
    }

    @Test
    void saysThatAResourceIsGoneWhenItsHistoryEndsWithItsDeletion() {
        config.lastStatus = ConfigurationItemStatus.RESOURCE_DELETED;

        assertThat(reader.current(BUCKET)).isInstanceOf(ProviderReader.CurrentRead.Gone.class);
    }

    @Test
    void doesNotTakeATypeThatIsNotRecordedForAResourceThatIsGone() {
        assertThat(reader.current(BUCKET)).isInstanceOf(ProviderReader.CurrentRead.Unavailable.class);

        config.lastStatus = ConfigurationItemStatus.RESOURCE_NOT_RECORDED;

        assertThat(reader.current(BUCKET)).isInstanceOf(ProviderReader.CurrentRead.Unavailable.class);
    }

    @Test
    void namesTheDeniedPermissionAlsoWhenTheServiceGivesNoDetails() {
        config.failure = ConfigException.builder().statusCode(403).build();

        assertThat(reader.current(BUCKET))
                .isEqualTo(new ProviderReader.CurrentRead.Denied("config:SelectResourceConfig"));
    }

    @Test
    void throwsAFailureThatIsNoDenialSoThatItIsTriedAgain() {
        config.failure = ConfigException.builder().statusCode(500).build();

        assertThatThrownBy(() -> reader.current(BUCKET)).isInstanceOf(Transient.class);
    }

    @Test
    void cannotTellNoCompanionInTheAccountFromATypeThatIsNotRecorded() {
        ProviderReader.Read read = reader.companion(BUCKET, wanted("AWS::CloudTrail::Trail", "account", List.of()));

        assertThat(read).isInstanceOf(ProviderReader.Read.Unavailable.class);
    }

    @Test
    void leavesTheListOfCompanionsShortWhenAnIdIsNotFound() {
        ProviderReader.Read read = reader.companion(BUCKET, wanted("AWS::EC2::SecurityGroup", "ids", List.of("sg-1")));

        assertThat(read).isEqualTo(new ProviderReader.Read.Found(List.of()));
    }

    @Test
    void keepsAQuoteInAnIdInsideTheLiteral() {
        reader.companion(BUCKET, wanted("AWS::EC2::SecurityGroup", "ids", List.of("sg' OR 'a' = 'a")));

        assertThat(config.expressions).singleElement().asString().contains("'sg'' OR ''a'' = ''a'");
    }

    private static ProviderReader.Wanted wanted(String type, String scope, List<String> ids) {
        return new ProviderReader.Wanted("companion", type, scope, ids, "");
    }
}
