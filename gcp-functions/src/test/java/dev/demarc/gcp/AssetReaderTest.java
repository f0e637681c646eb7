package dev.demarc.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.JsonReader;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.InventoryFailure;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.pipeline.Transient;
import dev.demarc.testing.StubServer;
import dev.demarc.testing.StubServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against answers of the shape that Cloud Asset Inventory gives, served on loopback. */
class AssetReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final String TYPE = "storage.googleapis.com/Bucket";
    private static final String ASSETS = "/v1/projects/orders/assets";
    private static final ResourceId INVOICES = bucket("invoices");
    private static final ProviderReader.Wanted POLICY =
            new ProviderReader.Wanted("iam", "iam-policy", "resource", List.of(), "storage.buckets.getIamPolicy");

    private StubServer server;
    private AssetReader reader;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        reader = new AssetReader(server.url(), "orders", () -> "token-1", InstantSource.fixed(NOW));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsPageByPageWithItsToken() {
        server.put(ASSETS, Answer.of(200, page("next=1&2", "invoices", "returns")));
        server.put(ASSETS, Answer.of(200, page("", "archive")));

        Inventory.Page first = reader.list(TYPE, Optional.empty());
        Inventory.Page second = reader.list(TYPE, first.next());

        assertThat(first.next()).contains("next=1&2");
        assertThat(second.next()).isEmpty();
        assertThat(List.of(first, second))
                .flatExtracting(Inventory.Page::resources)
                .extracting(current -> current.resource().nativeId())
                .containsExactly(
                        "//storage.googleapis.com/invoices",
                        "//storage.googleapis.com/returns",
                        "//storage.googleapis.com/archive");
        assertThat(server.requests.getLast().target()).contains("&pageToken=next%3D1%262");
        assertThat(server.requests).allSatisfy(request -> {
            assertThat(request.authorization()).isEqualTo("Bearer token-1");
            assertThat(request.target())
                    .contains("contentType=RESOURCE")
                    .contains("assetTypes=storage.googleapis.com%2FBucket");
        });
    }

    @Test
    void countsAnAssetThatItCannotDecodeAndKeepsTheOthers() {
        server.put(ASSETS, Answer.of(200, "{\"assets\":[{\"assetType\":\"" + TYPE + "\"}," + asset("invoices") + "]}"));

        Inventory.Page page = reader.list(TYPE, Optional.empty());

        assertThat(page.resources()).hasSize(1);
        assertThat(page.unreadable()).isEqualTo(1);
    }

    @Test
    void listsNothingOfATypeThatHasNoAssets() {
        server.put(ASSETS, Answer.of(200, "{\"readTime\":\"2026-11-24T06:00:00Z\"}"));

        Inventory.Page page = reader.list(TYPE, Optional.empty());

        assertThat(page.resources()).isEmpty();
        assertThat(page.unreadable()).isZero();
        assertThat(page.next()).isEmpty();
    }

    @Test
    void namesThePermissionThatAListNeeds() {
        server.put(ASSETS, Answer.of(403, "{}"));

        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty()))
                .isInstanceOf(InventoryFailure.class)
                .hasMessageContaining("cloudasset.assets.listResource");
    }

    @Test
    void findsAResourceOnALaterPage() {
        server.put(ASSETS, Answer.of(200, page("2", "returns")));
        server.put(ASSETS, Answer.of(200, page("", "invoices")));

        assertThat(reader.current(INVOICES)).isInstanceOfSatisfying(ProviderReader.CurrentRead.Exists.class, exists -> {
            assertThat(exists.current().resource().nativeId()).isEqualTo(INVOICES.nativeId());
            assertThat(exists.current().version().observedAt()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
        });
    }

    @Test
    void saysThatAResourceIsGoneWhenNoPageHasIt() {
        server.put(ASSETS, Answer.of(200, page("", "returns")));

        assertThat(reader.current(INVOICES)).isEqualTo(new ProviderReader.CurrentRead.Gone());
    }

    @Test
    void namesThePermissionThatIsDenied() {
        server.put(ASSETS, Answer.of(403, "{}"));

        assertThat(reader.current(INVOICES))
                .isEqualTo(new ProviderReader.CurrentRead.Denied("cloudasset.assets.listResource"));
        assertThat(reader.companion(INVOICES, POLICY))
                .isEqualTo(new ProviderReader.Read.Denied("cloudasset.assets.listIamPolicy"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 408, 429, 500, 502, 503, 504})
    void throwsWhatMayPass(int status) {
        server.put(ASSETS, Answer.of(status, "{}"));

        assertThatThrownBy(() -> reader.current(INVOICES))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("answered " + status);
        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty())).isInstanceOf(Transient.class);
        assertThatThrownBy(() -> reader.companion(INVOICES, POLICY)).isInstanceOf(Transient.class);
    }

    @Test
    void neverTakesAFailureOnALaterPageForAResourceThatIsGone() {
        server.put(ASSETS, Answer.of(200, page("2", "returns")));
        server.put(ASSETS, Answer.of(503, ""));

        assertThatThrownBy(() -> reader.current(INVOICES)).isInstanceOf(Transient.class);
    }

    @Test
    void passesOnHowLongItIsAskedToWait() {
        server.put(ASSETS, new Answer(429, Map.of("Retry-After", "30"), ""));

        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty()))
                .isInstanceOfSatisfying(
                        Transient.class, e -> assertThat(e.wanted()).isEqualTo(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"assets\":[", "<html>secret-value</html>"})
    void throwsAnAnswerThatIsNoJsonWithoutItsContent(String body) {
        server.put(ASSETS, Answer.of(200, body));

        assertThatThrownBy(() -> reader.current(INVOICES))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("no JSON")
                .hasMessageNotContaining("secret-value");
    }

    @Test
    void throwsWhenNobodyAnswers() {
        server.close();

        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty())).isInstanceOf(Transient.class);
    }

    @Test
    void doesNotTryAgainWhatIsRefused() {
        server.put(ASSETS, Answer.of(400, "{}"));

        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty())).isInstanceOf(InventoryFailure.class);
    }

    @Test
    void readsThePolicyOfAResource() {
        server.put(
                ASSETS,
                Answer.of(
                        200,
                        "{\"assets\":[{\"name\":\"//storage.googleapis.com/invoices\",\"assetType\":\"" + TYPE
                                + "\",\"iamPolicy\":{\"bindings\":[]}}]}"));

        assertThat(reader.companion(INVOICES, POLICY))
                .isEqualTo(new ProviderReader.Read.Found(List.of(JsonReader.parse("{\"bindings\":[]}"))));
        assertThat(server.requests.getFirst().target()).contains("contentType=IAM_POLICY");
    }

    @Test
    void findsNoPolicyWhereThereIsNone() {
        server.put(ASSETS, Answer.of(200, "{}"));

        assertThat(reader.companion(INVOICES, POLICY)).isEqualTo(new ProviderReader.Read.Found(List.of()));
    }

    @Test
    void cannotReadACompanionThatTheInventoryDoesNotHold() {
        ProviderReader.Wanted other =
                new ProviderReader.Wanted("x", "storage:hmacKeys.list", "account", List.of(), "p");

        assertThat(reader.companion(INVOICES, other)).isInstanceOf(ProviderReader.Read.Unavailable.class);
        assertThat(server.requests).isEmpty();
    }

    private static ResourceId bucket(String name) {
        return new ResourceId(Provider.GCP, "123456789", "eu", TYPE, "//storage.googleapis.com/" + name);
    }

    private static String asset(String name) {
        return "{\"name\":\"//storage.googleapis.com/" + name + "\",\"assetType\":\"" + TYPE
                + "\",\"ancestors\":[\"projects/123456789\"],\"updateTime\":\"2026-11-20T10:00:00Z\","
                + "\"resource\":{\"version\":\"v1\",\"location\":\"eu\",\"data\":{\"name\":\"" + name + "\"}}}";
    }

    private static String page(String next, String... names) {
        String assets = String.join(
                ",", List.of(names).stream().map(AssetReaderTest::asset).toList());
        return "{\"readTime\":\"2026-11-24T06:00:00Z\",\"assets\":[" + assets + "]"
                + (next.isEmpty() ? "" : ",\"nextPageToken\":\"" + next + "\"") + "}";
    }
}
