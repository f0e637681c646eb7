package dev.demarc.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Verdict;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Intake;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.Retry;
import dev.demarc.pipeline.Transient;
import dev.demarc.record.InMemoryStore;
import dev.demarc.testing.StubServer;
import dev.demarc.testing.StubServer.Answer;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A policy of Google is an asset of its own: a change of it leads to a read of the resource that it protects. */
class PolicyChangeTest {
    private static final Instant CHANGED = Instant.parse("2026-11-24T05:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T05:01:00Z");
    private static final String ASSETS = "/v1/projects/orders/assets";
    private static final String TYPE = "storage.googleapis.com/Bucket";
    private static final String NAME = "//storage.googleapis.com/invoices";

    private final InMemoryStore store = new InMemoryStore();
    private StubServer server;
    private AssetChangeFunction function;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        AssetReader reader = new AssetReader(server.url(), "orders", () -> "token-1", InstantSource.fixed(NOW));
        Retry retry = new Retry(Retry.Limits.STANDARD, InstantSource.fixed(NOW), time -> {}, new Random(1));
        ChangePipeline pipeline = new ChangePipeline(
                new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT), reader, store, store, retry);
        function = new AssetChangeFunction(
                new Intake(pipeline, store, Optional.empty(), "gcp-pubsub"), InstantSource.fixed(NOW));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void judgesTheBucketWithThePolicyOfTheEvent() {
        server.put(ASSETS, Answer.of(200, bucket("2026-11-20T10:00:00Z")));

        function.accept(policy("roles/owner"));

        assertThat(stored().version().observedAt()).isEqualTo(CHANGED);
        assertThat(stored().verdicts().values())
                .filteredOn(Verdict.NonCompliant.class::isInstance)
                .anyMatch(verdict -> verdict.reason().contains("iam-roles"));
    }

    @Test
    void readsThePolicyWhenTheBucketIsNewerThanTheEvent() {
        server.put(ASSETS, Answer.of(200, bucket("2026-11-24T05:00:30Z")));

        function.accept(policy("roles/owner"));

        assertThat(server.requests).anyMatch(request -> request.target().contains("contentType=IAM_POLICY"));
        assertThat(stored().version().observedAt()).isEqualTo(CHANGED.plusSeconds(30));
    }

    @Test
    void throwsWhenTheBucketCannotBeReadForTheMomentSoThatPubSubDeliversAgain() {
        server.put(ASSETS, Answer.of(503, ""));

        assertThatThrownBy(() -> function.accept(policy("roles/owner"))).isInstanceOf(Transient.class);
        assertThat(server.requests).hasSize(3);
        assertThat(live()).isEmpty();
    }

    @Test
    void saysUnknownWithThePermissionWhenTheBucketMayNotBeRead() {
        server.put(ASSETS, Answer.of(403, "{}"));

        function.accept(policy("roles/owner"));

        assertThat(stored().verdicts().values())
                .anyMatch(verdict -> verdict.reason().contains("permission cloudasset.assets.listResource is denied"))
                .noneMatch(Verdict.Compliant.class::isInstance);
    }

    private static CloudEvent policy(String role) {
        Json asset = JsonReader.parse("{\"name\":\"" + NAME + "\",\"assetType\":\"" + TYPE
                + "\",\"ancestors\":[\"projects/123456789\"],\"updateTime\":\"" + CHANGED
                + "\",\"iamPolicy\":{\"bindings\":"
                + "[{\"role\":\"" + role + "\",\"members\":[\"user:a@example.org\"]}]}}");
        String data = FakeAccount.pubSub(Json.object()
                .with("asset", asset)
                .with("priorAssetState", "PRESENT")
                .build()
                .write());
        return CloudEventBuilder.v1()
                .withId("event-1")
                .withType("google.cloud.pubsub.topic.v1.messagePublished")
                .withSource(URI.create("//pubsub.googleapis.com/projects/orders/topics/assets"))
                .withData(data.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static String bucket(String updateTime) {
        return "{\"assets\":[{\"name\":\"" + NAME + "\",\"assetType\":\"" + TYPE
                + "\",\"ancestors\":[\"projects/123456789\"],\"updateTime\":\"" + updateTime
                + "\",\"resource\":{\"location\":\"eu\",\"data\":{\"name\":\"invoices\"}}}]}";
    }

    private List<Observation> live() {
        return store.observationsOf(Provider.GCP, "123456789", new ServiceType(TYPE));
    }

    private Observation stored() {
        return live().getFirst();
    }
}
