package dev.demarc.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Verdict;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Intake;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.Retry;
import dev.demarc.pipeline.Transient;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;
import dev.demarc.testing.StubServer;
import dev.demarc.testing.StubServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An event of Azure carries no body, or an old one: each leads to a read from ARM. */
class WriteEventTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-24T05:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-24T05:01:00Z");
    private static final String SUBSCRIPTION = "0a1b2c3d-0000-4000-8000-000000000001";
    private static final String TYPE = "microsoft.storage/storageaccounts";
    private static final String ID =
            "/subscriptions/" + SUBSCRIPTION + "/resourcegroups/shop/providers/" + TYPE + "/shopfiles";
    private static final ResourceId ACCOUNT = new ResourceId(Provider.AZURE, SUBSCRIPTION, "-", TYPE, ID);

    private final InMemoryStore store = new InMemoryStore();
    private final List<Duration> waits = new ArrayList<>();
    private StubServer server;
    private ResourceChangeFunction function;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        ArmReader reader = new ArmReader(
                server.url(), SUBSCRIPTION, () -> "token-1", Catalogue.bundled(), InstantSource.fixed(NOW));
        Retry retry = new Retry(Retry.Limits.STANDARD, InstantSource.fixed(NOW), waits::add, new Random(1));
        ChangePipeline pipeline = new ChangePipeline(
                new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT), reader, store, store, retry);
        function = new ResourceChangeFunction(
                new Intake(pipeline, store, Optional.empty(), "azure-event-grid"), InstantSource.fixed(NOW));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void recordsTheCurrentStateAtTheVersionOfTheEvent() {
        server.put(ID, Answer.of(200, account()));

        function.run(written(ID), new FakeContext());

        // ARM dates the last write to the account itself; the event is newer and the state is the current one.
        assertThat(stored().version().observedAt()).isEqualTo(WRITTEN);
        assertThat(stored().verdicts().values()).anyMatch(Verdict.Compliant.class::isInstance);
    }

    @Test
    void readsTheCurrentStateAlsoWhenTheEventCarriesAnOldBody() {
        server.put(ID, Answer.of(200, account()));
        Json info = Json.object()
                .with("id", ID)
                .with("properties", JsonReader.parse("{\"supportsHttpsTrafficOnly\":0}"))
                .build();
        Json event = Json.object()
                .with("id", "1")
                .with("type", "Microsoft.ResourceNotifications.Resources.CreatedOrUpdated")
                .with("specversion", "1.0")
                .with("time", WRITTEN.toString())
                .with(
                        "data",
                        Json.object()
                                .with("resourceInfo", info)
                                .with("apiVersion", "2019-06-01")
                                .build())
                .build();

        function.run(event.write(), new FakeContext());

        assertThat(server.requests.getFirst().target()).startsWith(ID + "?api-version=");
        assertThat(stored().verdicts().values()).anyMatch(Verdict.Compliant.class::isInstance);
    }

    @Test
    void judgesTheParentAgainWhenAChildChanges() {
        server.put(ID, Answer.of(200, account()));

        function.run(written(ID + "/blobServices/default"), new FakeContext());

        assertThat(stored().resource()).isEqualTo(ACCOUNT);
        assertThat(server.requests).anyMatch(request -> request.target().startsWith(ID + "/blobservices?"));
    }

    @Test
    void waitsAndTriesAgainWhenArmThrottles() {
        server.put(ID, new Answer(429, Map.of("Retry-After", "4"), ""));
        server.put(ID, Answer.of(200, account()));

        function.run(written(ID), new FakeContext());

        assertThat(waits).containsExactly(Duration.ofSeconds(4));
        assertThat(stored().isLive()).isTrue();
    }

    @Test
    void throwsWhenArmStaysAwaySoThatEventGridDeliversAgainAndQuarantinesNothing() {
        server.put(ID, Answer.of(503, ""));

        assertThatThrownBy(() -> function.run(written(ID), new FakeContext())).isInstanceOf(Transient.class);
        assertThat(server.requests).hasSize(3);
        assertThat(store.observation(ACCOUNT)).isEmpty();
        assertThat(store.poison(Scope.operator(Scope.MAIN), 10)).isEmpty();
    }

    @Test
    void doesNotLoseAnEventWhoseReadIsAnsweredWithWhatIsNoJson() {
        server.put(ID, Answer.of(200, "{\"id\":"));

        assertThatThrownBy(() -> function.run(written(ID), new FakeContext())).isInstanceOf(Transient.class);
        assertThat(store.poison(Scope.operator(Scope.MAIN), 10)).isEmpty();
    }

    @Test
    void saysUnknownWithThePermissionWhenTheReadIsDenied() {
        server.put(ID, Answer.of(403, "{}"));

        function.run(written(ID), new FakeContext());

        assertThat(stored().verdicts().values())
                .anyMatch(verdict -> verdict.reason().contains("permission " + TYPE + "/read is denied"))
                .noneMatch(Verdict.Compliant.class::isInstance);
    }

    @Test
    void leavesATombstoneWhenTheResourceIsGone() {
        function.run(written(ID), new FakeContext());

        assertThat(stored().isLive()).isFalse();
    }

    private static String written(String id) {
        return Json.object()
                .with("id", "event-1")
                .with("subject", id)
                .with("eventType", "Microsoft.Resources.ResourceWriteSuccess")
                .with("eventTime", WRITTEN.toString())
                .with("data", Json.object().with("resourceUri", id).build())
                .build()
                .write();
    }

    private static String account() {
        return "{\"id\":\"" + ID + "\",\"name\":\"shopfiles\",\"type\":\"Microsoft.Storage/storageAccounts\","
                + "\"systemData\":{\"lastModifiedAt\":\"2026-11-20T10:00:00Z\"},"
                + "\"properties\":{\"supportsHttpsTrafficOnly\":true,\"allowBlobPublicAccess\":false,\"minimumTlsVersion\":\"TLS1_2\"}}";
    }

    private Observation stored() {
        return store.observation(ACCOUNT).orElseThrow();
    }
}
