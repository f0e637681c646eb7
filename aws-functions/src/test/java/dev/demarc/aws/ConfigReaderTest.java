package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.ProviderReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.ConfigException;
import software.amazon.awssdk.services.config.model.ConfigurationItem;
import software.amazon.awssdk.services.config.model.ConfigurationItemStatus;
import software.amazon.awssdk.services.config.model.GetResourceConfigHistoryRequest;
import software.amazon.awssdk.services.config.model.GetResourceConfigHistoryResponse;
import software.amazon.awssdk.services.config.model.ResourceNotDiscoveredException;
import software.amazon.awssdk.services.config.model.SelectResourceConfigRequest;
import software.amazon.awssdk.services.config.model.SelectResourceConfigResponse;

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
                .isInstanceOf(ConfigException.class);
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

        assertThatThrownBy(() -> reader.current(BUCKET)).isInstanceOf(ConfigException.class);
    }

    @Test
    void cannotTellNoCompanionInTheAccountFromATypeThatIsNotRecorded() {
        ProviderReader.Read read = reader.companion(BUCKET, "AWS::CloudTrail::Trail", "account", List.of(), "");

        assertThat(read).isInstanceOf(ProviderReader.Read.Unavailable.class);
    }

    @Test
    void leavesTheListOfCompanionsShortWhenAnIdIsNotFound() {
        ProviderReader.Read read = reader.companion(BUCKET, "AWS::EC2::SecurityGroup", "ids", List.of("sg-1"), "");

        assertThat(read).isEqualTo(new ProviderReader.Read.Found(List.of()));
    }

    @Test
    void keepsAQuoteInAnIdInsideTheLiteral() {
        reader.companion(BUCKET, "AWS::EC2::SecurityGroup", "ids", List.of("sg' OR 'a' = 'a"), "");

        assertThat(config.expressions).singleElement().asString().contains("'sg'' OR ''a'' = ''a'");
    }

    private static final class FakeConfig implements ConfigClient {
        private final List<String> expressions = new ArrayList<>();
        private List<String> rows = List.of();
        private @Nullable ConfigurationItemStatus lastStatus;
        private @Nullable RuntimeException failure;

        @Override
        public SelectResourceConfigResponse selectResourceConfig(SelectResourceConfigRequest request) {
            if (failure != null) {
                throw failure;
            }
            expressions.add(request.expression());
            return SelectResourceConfigResponse.builder().results(rows).build();
        }

        @Override
        public GetResourceConfigHistoryResponse getResourceConfigHistory(GetResourceConfigHistoryRequest request) {
            if (lastStatus == null) {
                throw ResourceNotDiscoveredException.builder().build();
            }
            return GetResourceConfigHistoryResponse.builder()
                    .configurationItems(ConfigurationItem.builder()
                            .configurationItemStatus(lastStatus)
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "config";
        }

        @Override
        public void close() {}
    }
}
