package dev.demarc.event;

import static dev.demarc.event.Fixture.json;
import static dev.demarc.event.Fixture.quoted;
import static dev.demarc.event.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.event.ChangeEvent.Changed;
import dev.demarc.event.ChangeEvent.Deleted;
import dev.demarc.event.ChangeEvent.Ignored;
import dev.demarc.event.ChangeEvent.Rejected;
import dev.demarc.event.ChangeEvent.Touched;
import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsEventsTest {
    private static final ResourceId BUCKET =
            new ResourceId(Provider.AWS, "111122223333", "eu-west-1", "AWS::S3::Bucket", "invoices-example");
    private static final Version VERSION = new Version(Instant.parse("2026-01-31T10:00:00.250Z"), 1769853600250L);

    @Test
    void readsTheItemOfAnEventBridgeEvent() {
        Changed changed = (Changed) only(AwsEvents.decode(json("aws/config-item-change.json")));

        assertThat(changed.resource()).isEqualTo(BUCKET);
        assertThat(changed.version()).isEqualTo(VERSION);
        assertThat(changed.tags())
                .containsEntry("owner", "billing")
                .containsEntry("data-classification", "confidential");
        assertThat(changed.whole()).isTrue();
        assertThat(changed.body().members()).containsOnlyKeys("configuration", "supplementaryConfiguration");
    }

    @Test
    void asksToReadAResourceWhoseItemIsTooLarge() {
        ChangeEvent event = only(AwsEvents.decode(json("aws/config-item-oversized.json")));

        assertThat(event).isInstanceOfSatisfying(Touched.class, touched -> {
            assertThat(touched.resource()).isEqualTo(BUCKET);
            assertThat(touched.version()).isEqualTo(VERSION);
            assertThat(touched.because()).contains("too large");
        });
    }

    @Test
    void givesTheSameIdentityAndVersionForAnItemThatIsReadBack() {
        List<ChangeEvent> events = AwsEvents.decode(json("aws/batch-get.json"));

        Changed changed = (Changed) events.getFirst();
        assertThat(changed.resource()).isEqualTo(BUCKET);
        assertThat(changed.version()).isEqualTo(VERSION);
        assertThat(changed.tags()).containsEntry("owner", "billing");
        assertThat(changed.body().at("configuration").textAt("name", "")).isEqualTo("invoices-example");
        assertThat(events.get(1)).isInstanceOf(Rejected.class);
    }

    @Test
    void unwrapsQueuesTopicsAndCustomRules() {
        String event = text("aws/config-item-change.json");
        Json detail = json("aws/config-item-change.json").at("detail");
        Json notification = Json.object()
                .with("Type", "Notification")
                .with("Message", detail.write())
                .build();
        Json sns = records(Json.object().with("Sns", notification).build());
        Json queue = records(Json.object().with("body", event).build());
        Json topicInQueue =
                records(Json.object().with("body", notification.write()).build());
        Json rule = Json.object()
                .with("invokingEvent", detail.write())
                .with("resultToken", "token")
                .build();

        for (Json envelope : List.of(notification, sns, queue, topicInQueue, rule, detail)) {
            assertThat(AwsEvents.decode(envelope)).singleElement().isInstanceOfSatisfying(Changed.class, changed -> {
                assertThat(changed.resource()).isEqualTo(BUCKET);
                assertThat(changed.version()).isEqualTo(VERSION);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'configurationItemStatus':'ResourceDeleted','configuration':null",
                "'configurationItemStatus':'ResourceDeletedNotRecorded'",
                "'configuration':null",
                "'ConfigurationItemStatus':'ResourceDeleted'"
            })
    void seesThatAResourceIsDeleted(String members) {
        assertThat(only(AwsEvents.decode(item(members)))).isEqualTo(new Deleted(BUCKET, VERSION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'configurationItemStatus':'ResourceNotRecorded','configuration':{}",
                "'configurationItemStatus':'OK'",
                "'configuration':'{not json'"
            })
    void asksToReadAResourceWithoutReadableConfiguration(String members) {
        assertThat(only(AwsEvents.decode(item(members)))).isInstanceOf(Touched.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'tags':{'team':'shop'}",
                "'tags':[{'key':'team','value':'shop'}]",
                "'tags':[{'Key':'team','Value':'shop'}]",
                "'supplementaryConfiguration':{'Tags':[{'key':'team','value':'shop'}]}"
            })
    void readsTagsInEveryShape(String members) {
        Changed changed = (Changed) only(AwsEvents.decode(item("'configuration':{}," + members)));

        assertThat(changed.tags()).containsExactlyEntriesOf(Map.of("team", "shop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'seven'", "-3", "'99999999999999999999'", "null", "1.5", "[]"})
    void ranksAnUnusableStateIdAsZero(String stateId) {
        Json item = quoted("{'resourceType':'AWS::KMS::Key','resourceId':'k','accountId':'1','configuration':{},"
                + "'configurationItemCaptureTime':1769853600.25,'configurationStateId':" + stateId + "}");

        Changed changed = (Changed) only(AwsEvents.decode(item));

        assertThat(changed.version()).isEqualTo(new Version(VERSION.observedAt(), 0));
        assertThat(changed.resource().region()).isEqualTo("global");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'detail-type':'AWS API Call via CloudTrail','detail':{}}",
                "{'detail-type':'EC2 Instance State-change Notification','detail':{}}",
                "{'invokingEvent':'{\\u0022messageType\\u0022:\\u0022ScheduledNotification\\u0022}'}",
                "{'messageType':'ConfigurationSnapshotDeliveryCompleted'}",
                "{'Type':'SubscriptionConfirmation','TopicArn':'t','Message':'please'}",
                "{'Records':[]}",
                "{'Records':[{'eventSource':'aws:dynamodb'}]}"
            })
    void ignoresWhatAsksForNothing(String input) {
        assertThat(only(AwsEvents.decode(quoted(input)))).isInstanceOf(Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'resourceType':'AWS::S3::Bucket'}",
                "{'resourceType':'AWS::S3::Bucket','resourceId':'b','configuration':{}}",
                "{'resourceType':'AWS::S3::Bucket','resourceId':'b','accountId':'1','configurationItemCaptureTime':'soon'}",
                "{'Records':[{'body':'{secret-value'}]}",
                "{'Records':[7]}",
                "{}",
                "7"
            })
    void rejectsWhatItCannotRead(String input) {
        assertThat(only(AwsEvents.decode(quoted(input))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.because())
                                .contains("expected")
                                .doesNotContain("secret-value"));
    }

    @Test
    void readsTheRecordsBesideABadOne() {
        Json good =
                Json.object().with("body", text("aws/config-item-change.json")).build();
        Json bad = Json.object().with("body", "{broken").build();
        Json batch =
                Json.object().with("Records", Json.array(List.of(bad, good))).build();

        assertThat(AwsEvents.decode(batch)).hasExactlyElementsOfTypes(Rejected.class, Changed.class);
    }

    private static Json item(String members) {
        return quoted("{'ResourceType':'AWS::S3::Bucket','ResourceId':'invoices-example','awsAccountId':'111122223333',"
                + "'awsRegion':'eu-west-1','configurationItemCaptureTime':'2026-01-31T10:00:00.250Z',"
                + "'configurationStateId':'1769853600250'," + members + "}");
    }

    private static Json records(Json record) {
        return Json.object().with("Records", Json.array(List.of(record))).build();
    }

    private static ChangeEvent only(List<ChangeEvent> events) {
        assertThat(events).hasSize(1);
        return events.getFirst();
    }
}
