package dev.demarc.event;

import static dev.demarc.event.Fixture.FALLBACK;
import static dev.demarc.event.Fixture.json;
import static dev.demarc.event.Fixture.quoted;
import static dev.demarc.event.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.event.ChangeEvent.Changed;
import dev.demarc.event.ChangeEvent.CompanionChanged;
import dev.demarc.event.ChangeEvent.Deleted;
import dev.demarc.event.ChangeEvent.Ignored;
import dev.demarc.event.ChangeEvent.Rejected;
import dev.demarc.event.ChangeEvent.Touched;
import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcpEventsTest {
    private static final ResourceId BUCKET = new ResourceId(
            Provider.GCP, "123456789", "-", "storage.googleapis.com/Bucket", "//storage.googleapis.com/orders-example");

    @Test
    void readsTheResourceOfAFeedMessage() {
        Changed changed = (Changed)
                GcpEvents.decode(json("gcp/bucket-change.json"), FALLBACK).getFirst();

        assertThat(changed.resource()).isEqualTo(BUCKET);
        assertThat(changed.version()).isEqualTo(version("2026-01-31T10:00:00.123456Z"));
        assertThat(changed.tags()).containsEntry("owner", "orders");
        assertThat(changed.body().members()).containsKeys("name", "assetType", "resource");
    }

    @Test
    void readsAnExportInSnakeCaseAndKeepsTheDataAsItIs() {
        List<ChangeEvent> events = GcpEvents.decode(json("gcp/export.json"), FALLBACK);

        assertThat(events).hasExactlyElementsOfTypes(Changed.class, CompanionChanged.class, Rejected.class);
        Changed changed = (Changed) events.getFirst();
        assertThat(changed.resource()).isEqualTo(BUCKET);
        assertThat(changed.version()).isEqualTo(version("2026-01-31T10:00:00.123456Z"));
        assertThat(changed.body().members()).containsKeys("assetType", "updateTime");
        assertThat(changed.body().at("resource").members()).containsKey("discoveryName");
        assertThat(changed.body().at("resource").at("data").members()).containsKey("retention_period");
        CompanionChanged policy = (CompanionChanged) events.get(1);
        assertThat(policy.parent().account()).isEqualTo("123456789");
        assertThat(policy.version()).isEqualTo(new Version(FALLBACK, 0));
        assertThat(policy.body().write())
                .isEqualTo("{\"auditConfigs\":[{\"service\":\"allServices\",\"auditLogConfigs\":"
                        + "[{\"logType\":\"DATA_READ\",\"exemptedMembers\":[]}]}]}");
    }

    @Test
    void readsAPolicyAsACompanionOfTheSameResource() {
        assertThat(GcpEvents.decode(json("gcp/bucket-policy-change.json"), FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(CompanionChanged.class, policy -> {
                    assertThat(policy.parent()).isEqualTo(BUCKET);
                    assertThat(policy.companionType()).isEqualTo("iam-policy");
                    assertThat(policy.body().members()).containsKey("bindings");
                });
    }

    @Test
    void seesThatTheSameResourceIsDeleted() {
        assertThat(GcpEvents.decode(json("gcp/bucket-delete.json"), FALLBACK))
                .containsExactly(new Deleted(BUCKET, version("2026-01-31T10:09:00Z")));
    }

    @Test
    void seesADeleteInAnAssetThatHasOnlyItsName() {
        Json temporal = quoted(
                "{'asset':{'name':'//compute.googleapis.com/projects/p/global/firewalls/f',"
                        + "'assetType':'compute.googleapis.com/Firewall'},'priorAssetState':'PRESENT','window':{'startTime':'2026-01-31T10:09:00Z'}}");

        assertThat(GcpEvents.decode(temporal, FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(
                        Deleted.class,
                        deleted -> assertThat(deleted.resource().account()).isEqualTo("p"));
    }

    @Test
    void readsTheResourceAgainWhenOnlyItsPolicyIsGone() {
        Json temporal = quoted("{'deleted':true,'priorAsset':{'name':'//storage.googleapis.com/orders-example',"
                + "'assetType':'storage.googleapis.com/Bucket','ancestors':['projects/123456789'],'iamPolicy':{}}}");

        assertThat(GcpEvents.decode(temporal, FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(
                        Touched.class, touched -> assertThat(touched.resource()).isEqualTo(BUCKET));
    }

    @Test
    void unwrapsPubSubAndEventarcEnvelopes() {
        Json message = Json.object()
                .with("data", base64(text("gcp/bucket-change.json")))
                .with("messageId", "1")
                .build();
        Json push = Json.object()
                .with("message", message)
                .with("subscription", "projects/p/subscriptions/s")
                .build();
        Json cloudEvent = Json.object()
                .with("specversion", "1.0")
                .with("id", "1")
                .with("type", "google.cloud.pubsub.topic.v1.messagePublished")
                .with("source", "//pubsub.googleapis.com/projects/p/topics/t")
                .with("data", push)
                .build();

        for (Json envelope : List.of(push, cloudEvent, message)) {
            assertThat(ProviderInputs.decode(envelope, FALLBACK))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Changed.class,
                            changed -> assertThat(changed.resource()).isEqualTo(BUCKET));
        }
    }

    @Test
    void ignoresTheWelcomeMessageOfAFeed() {
        String welcome = "You have successfully configured real time feed for assets of projects/p.";
        Json message = Json.object().with("data", base64(welcome)).build();

        assertThat(GcpEvents.decode(welcome, FALLBACK)).hasExactlyElementsOfTypes(Ignored.class);
        assertThat(GcpEvents.decode(Json.object().with("message", message).build(), FALLBACK))
                .hasExactlyElementsOfTypes(Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'message':{'data':'%%%'}}",
                "{'message':{'data':'e2Jyb2tlbg=='}}",
                "{'asset':{'name':'orders'}}",
                "{'assetType':'storage.googleapis.com/Bucket'}",
                "{'surprise':true}"
            })
    void rejectsWhatItCannotRead(String input) {
        assertThat(GcpEvents.decode(quoted(input), FALLBACK)).hasExactlyElementsOfTypes(Rejected.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        'ancestors':['projects/1','organizations/2'];                   //storage.googleapis.com/b;                1
        'ancestry_path':'organization/2/project/p';                     //storage.googleapis.com/b;                p
        'resource':{'parent':'//cloudresourcemanager.googleapis.com/projects/3'}; //compute.googleapis.com/projects/p/x/y; 3
        'resource':{'data':{'projectNumber':4}};                        //storage.googleapis.com/b;                4
        'ancestors':[];                                                 //compute.googleapis.com/projects/p/x/y;   p
        'ancestors':['organizations/2'];                                //iam.googleapis.com/organizations/2/roles/r; organizations/2
        'ancestors':[];                                                 //storage.googleapis.com/b;                -
        """, quoteCharacter = '`')
    void findsTheProjectOfAnAsset(String members, String name, String account) {
        Json asset = quoted("{'assetType':'t','name':'" + name + "'," + members + "}");

        assertThat(GcpEvents.decode(asset, FALLBACK))
                .last()
                .satisfies(event -> assertThat(event.toString()).contains("gcp|" + account + "|-|t|" + name));
    }

    private static Version version(String time) {
        return new Version(Instant.parse(time), 0);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
