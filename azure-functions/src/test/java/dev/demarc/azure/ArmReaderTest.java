package dev.demarc.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.catalogue.Catalogue;
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

/** Against answers of the shape that ARM and Resource Graph give, served on loopback. */
class ArmReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final String SUBSCRIPTION = "0a1b2c3d-0000-4000-8000-000000000001";
    private static final String TYPE = "microsoft.storage/storageaccounts";
    private static final String GRAPH = "/providers/Microsoft.ResourceGraph/resources";
    private static final String SHOP = id("shopfiles");
    private static final ResourceId SHOP_FILES = new ResourceId(Provider.AZURE, SUBSCRIPTION, "-", TYPE, SHOP);
    private static final ProviderReader.Wanted BLOB = new ProviderReader.Wanted(
            "blob-service",
            "Microsoft.Storage/storageAccounts/blobServices",
            "resource",
            List.of(),
            "Microsoft.Storage/storageAccounts/blobServices/read");

    private StubServer server;
    private ArmReader reader;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        reader = new ArmReader(
                server.url(), SUBSCRIPTION, () -> "token-1", Catalogue.bundled(), InstantSource.fixed(NOW));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsAResourceAtThePinnedApiVersionWithItsToken() {
        server.put(SHOP, Answer.of(200, account("shopfiles")));

        ProviderReader.CurrentRead read = reader.current(SHOP_FILES);

        assertThat(read).isInstanceOfSatisfying(ProviderReader.CurrentRead.Exists.class, exists -> {
            assertThat(exists.current().resource()).isEqualTo(SHOP_FILES);
            assertThat(exists.current().version().observedAt()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
            assertThat(exists.current().tags()).containsEntry("owner", "shop");
        });
        String pinned =
                Catalogue.bundled().entriesOf(TYPE).getFirst().apiVersion().orElseThrow();
        assertThat(server.requests).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo(SHOP + "?api-version=" + pinned);
            assertThat(request.authorization()).isEqualTo("Bearer token-1");
        });
    }

    @Test
    void saysThatAResourceIsGone() {
        assertThat(reader.current(SHOP_FILES)).isEqualTo(new ProviderReader.CurrentRead.Gone());
    }

    @Test
    void namesThePermissionThatIsDenied() {
        server.put(SHOP, Answer.of(403, "{\"error\":{\"code\":\"AuthorizationFailed\"}}"));

        assertThat(reader.current(SHOP_FILES)).isEqualTo(new ProviderReader.CurrentRead.Denied(TYPE + "/read"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 408, 429, 500, 502, 503, 504})
    void throwsWhatMayPass(int status) {
        server.put(SHOP, Answer.of(status, "{}"));

        assertThatThrownBy(() -> reader.current(SHOP_FILES))
                .isInstanceOf(Transient.class)
                .hasMessage("ARM answered " + status);
    }

    @Test
    void passesOnHowLongArmAsksToWait() {
        server.put(SHOP, new Answer(429, Map.of("Retry-After", "17"), ""));

        assertThatThrownBy(() -> reader.current(SHOP_FILES))
                .isInstanceOfSatisfying(
                        Transient.class, e -> assertThat(e.wanted()).isEqualTo(Duration.ofSeconds(17)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Fri, 31 Dec 1999 23:59:59 GMT", "-1", "99999999999999999999"})
    void doesNotGuessAWaitThatIsNoNumberOfSeconds(String value) {
        server.put(SHOP, new Answer(429, Map.of("Retry-After", value), ""));

        assertThatThrownBy(() -> reader.current(SHOP_FILES))
                .isInstanceOfSatisfying(
                        Transient.class, e -> assertThat(e.wanted()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\":\"/subscr", "<html>secret-value</html>"})
    void throwsAnAnswerThatIsNoJsonWithoutItsContent(String body) {
        server.put(SHOP, Answer.of(200, body));

        assertThatThrownBy(() -> reader.current(SHOP_FILES))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("no JSON")
                .hasMessageNotContaining("secret-value");
    }

    @Test
    void throwsWhenNobodyAnswers() {
        server.close();

        assertThatThrownBy(() -> reader.current(SHOP_FILES)).isInstanceOf(Transient.class);
    }

    @Test
    void doesNotTryAgainWhatArmRefuses() {
        server.put(SHOP, Answer.of(400, "{\"error\":{\"code\":\"InvalidApiVersion\"}}"));

        assertThatThrownBy(() -> reader.current(SHOP_FILES))
                .isNotInstanceOf(Transient.class)
                .hasMessageContaining("400");
    }

    @Test
    void cannotReadATypeThatTheCatalogueDoesNotKnow() {
        ResourceId other = new ResourceId(Provider.AZURE, SUBSCRIPTION, "-", "microsoft.quantum/workspaces", SHOP);

        assertThat(reader.current(other)).isInstanceOf(ProviderReader.CurrentRead.Unavailable.class);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void listsPageByPageAndReadsEachResourceFromArm() {
        server.put(GRAPH, Answer.of(200, page("false", "next-1", "shopfiles")));
        server.put(GRAPH, Answer.of(200, page("false", "", "archive")));
        server.put(SHOP, Answer.of(200, account("shopfiles")));
        server.put(id("archive"), Answer.of(200, account("archive")));

        Inventory.Page first = reader.list(TYPE, Optional.empty());
        Inventory.Page second = reader.list(TYPE, first.next());

        assertThat(first.next()).contains("next-1");
        assertThat(second.next()).isEmpty();
        assertThat(List.of(first, second))
                .flatExtracting(Inventory.Page::resources)
                .extracting(current -> current.resource().nativeId())
                .containsExactly(SHOP, id("archive"));
        assertThat(server.requests.stream().map(StubServer.Request::body).filter(body -> body.contains("\"next-1\"")))
                .hasSize(1);
    }

    @Test
    void leavesOutAResourceThatWasDeletedWhileItListed() {
        server.put(GRAPH, Answer.of(200, page("false", "", "shopfiles", "archive")));
        server.put(SHOP, Answer.of(200, account("shopfiles")));

        Inventory.Page page = reader.list(TYPE, Optional.empty());

        assertThat(page.resources()).hasSize(1);
        assertThat(page.unreadable()).isZero();
    }

    @Test
    void countsAResourceThatItMayNotRead() {
        server.put(GRAPH, Answer.of(200, page("false", "", "shopfiles")));
        server.put(SHOP, Answer.of(403, "{}"));

        assertThat(reader.list(TYPE, Optional.empty()).unreadable()).isEqualTo(1);
    }

    @Test
    void refusesAListThatWasCutShort() {
        server.put(GRAPH, Answer.of(200, page("true", "", "shopfiles")));

        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty()))
                .isInstanceOf(InventoryFailure.class)
                .hasMessageContaining("cut");
    }

    @Test
    void doesNotTakeAnAnswerWithoutAListForAnEmptyOne() {
        server.put(GRAPH, Answer.of(200, "{}"));

        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty())).isInstanceOf(InventoryFailure.class);
    }

    @Test
    void namesThePermissionThatAListNeeds() {
        server.put(GRAPH, Answer.of(403, "{}"));

        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty()))
                .isInstanceOf(InventoryFailure.class)
                .hasMessageContaining("Microsoft.ResourceGraph/resources/read");
    }

    @Test
    void throwsWhenAListIsThrottled() {
        server.put(GRAPH, new Answer(429, Map.of("Retry-After", "5"), ""));

        assertThatThrownBy(() -> reader.list(TYPE, Optional.empty())).isInstanceOf(Transient.class);
    }

    @Test
    void readsTheChildrenOfAResource() {
        server.put(SHOP + "/blobservices", Answer.of(200, "{\"value\":[{\"name\":\"default\"},{\"name\":\"other\"}]}"));

        assertThat(reader.companion(SHOP_FILES, BLOB))
                .isInstanceOfSatisfying(
                        ProviderReader.Read.Found.class,
                        found -> assertThat(found.documents()).hasSize(2));
    }

    @Test
    void namesThePermissionOfTheCatalogueWhenAChildMayNotBeRead() {
        server.put(SHOP + "/blobservices", Answer.of(403, "{}"));

        assertThat(reader.companion(SHOP_FILES, BLOB)).isEqualTo(new ProviderReader.Read.Denied(BLOB.permission()));
    }

    @Test
    void findsNoChildrenWhenThereAreNone() {
        assertThat(reader.companion(SHOP_FILES, BLOB)).isEqualTo(new ProviderReader.Read.Found(List.of()));
    }

    @Test
    void throwsWhenAChildCannotBeReadForTheMoment() {
        server.put(SHOP + "/blobservices", Answer.of(503, ""));

        assertThatThrownBy(() -> reader.companion(SHOP_FILES, BLOB)).isInstanceOf(Transient.class);
    }

    @Test
    void cannotReadACompanionThatIsNoChild() {
        ProviderReader.Wanted elsewhere =
                new ProviderReader.Wanted("vault", "Microsoft.KeyVault/vaults", "ids", List.of("x"), "p");

        assertThat(reader.companion(SHOP_FILES, elsewhere)).isInstanceOf(ProviderReader.Read.Unavailable.class);
    }

    private static String id(String name) {
        return "/subscriptions/" + SUBSCRIPTION + "/resourcegroups/shop/providers/" + TYPE + "/" + name;
    }

    private static String account(String name) {
        return "{\"id\":\"/subscriptions/" + SUBSCRIPTION
                + "/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/" + name + "\",\"name\":\"" + name
                + "\",\"type\":\"Microsoft.Storage/storageAccounts\",\"location\":\"westeurope\",\"tags\":{\"owner\":\"shop\"},"
                + "\"systemData\":{\"lastModifiedAt\":\"2026-11-20T10:00:00Z\"},\"properties\":{\"supportsHttpsTrafficOnly\":true}}";
    }

    private static String page(String truncated, String skipToken, String... names) {
        String rows = String.join(
                ",",
                List.of(names).stream()
                        .map(name -> "{\"id\":\"" + id(name) + "\"}")
                        .toList());
        return "{\"totalRecords\":" + names.length + ",\"count\":" + names.length + ",\"resultTruncated\":\""
                + truncated
                + "\"," + (skipToken.isEmpty() ? "" : "\"$skipToken\":\"" + skipToken + "\",") + "\"data\":[" + rows
                + "]}";
    }
}
