package dev.demarc.event;

import static dev.demarc.event.Fixture.FALLBACK;
import static dev.demarc.event.Fixture.json;
import static dev.demarc.event.Fixture.quoted;
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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureEventsTest {
    private static final String SUBSCRIPTION = "0a1b2c3d-0000-4000-8000-000000000001";
    private static final String ACCOUNT_ID = "/subscriptions/" + SUBSCRIPTION
            + "/resourcegroups/shop/providers/microsoft.storage/storageaccounts/shopfiles";
    private static final ResourceId STORAGE =
            new ResourceId(Provider.AZURE, SUBSCRIPTION, "-", "microsoft.storage/storageaccounts", ACCOUNT_ID);
    private static final Version VERSION = new Version(Instant.parse("2026-01-31T10:00:00.1234567Z"), 0);

    @ParameterizedTest
    @ValueSource(strings = {"azure/resource-write.json", "azure/resource-notification.json"})
    void takesAnEventAsAHintAboutTheSameResource(String path) {
        assertThat(AzureEvents.decode(json(path), FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(Touched.class, touched -> {
                    assertThat(touched.resource()).isEqualTo(STORAGE);
                    assertThat(touched.version()).isEqualTo(VERSION);
                });
    }

    @Test
    void readsTheResourcesAndCompanionsOfAListAnswer() {
        List<ChangeEvent> events = AzureEvents.decode(json("azure/arm-list.json"), FALLBACK);

        assertThat(events).hasExactlyElementsOfTypes(Changed.class, CompanionChanged.class, Rejected.class);
        Changed changed = (Changed) events.getFirst();
        assertThat(changed.resource()).isEqualTo(STORAGE);
        assertThat(changed.version()).isEqualTo(new Version(FALLBACK, 0));
        assertThat(changed.tags()).containsEntry("owner", "shop");
        assertThat(changed.whole()).isFalse();
        CompanionChanged companion = (CompanionChanged) events.get(1);
        assertThat(companion.parent()).isEqualTo(STORAGE);
        assertThat(companion.companionType()).isEqualTo("microsoft.storage/storageaccounts/blobservices");
    }

    @Test
    void callsADocumentWholeOnlyAtAKnownApiVersion() {
        List<ChangeEvent> events = AzureEvents.decode(json("azure/arm-list.json"), FALLBACK, "2024-01-01");

        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        Changed.class, changed -> assertThat(changed.whole()).isTrue());
    }

    @Test
    void takesTheTimeOfTheLastModificationAsVersion() {
        Json resource = quoted(
                "{'id':'" + ACCOUNT_ID + "','systemData':{'lastModifiedAt':'2026-01-31T10:00:00.1234567+00:00'}}");

        assertThat(AzureEvents.decode(resource, FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(
                        Changed.class, changed -> assertThat(changed.version()).isEqualTo(VERSION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Microsoft.Resources.ResourceDeleteSuccess", "Microsoft.ResourceNotifications.Resources.Deleted"
            })
    void seesThatAResourceIsDeleted(String type) {
        assertThat(AzureEvents.decode(event(type, ACCOUNT_ID), FALLBACK))
                .containsExactly(new Deleted(STORAGE, VERSION));
    }

    @Test
    void readsTheParentAgainWhenAChildIsDeleted() {
        Json event =
                event("Microsoft.Resources.ResourceDeleteSuccess", ACCOUNT_ID + "/blobServices/default/containers/a");

        assertThat(AzureEvents.decode(event, FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(
                        Touched.class, touched -> assertThat(touched.resource()).isEqualTo(STORAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft.Resources.ResourceActionSuccess",
                "Microsoft.Resources.ResourceWriteFailure",
                "Microsoft.Resources.ResourceDeleteCancel",
                "Microsoft.PolicyInsights.PolicyStateChanged",
                "Microsoft.EventGrid.SubscriptionValidationEvent",
                "Microsoft.Storage.BlobCreated"
            })
    void ignoresEventsThatChangeNoSettings(String type) {
        assertThat(AzureEvents.decode(event(type, ACCOUNT_ID), FALLBACK)).hasExactlyElementsOfTypes(Ignored.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # below the resource group, owner's type, companion type
        Microsoft.Sql/servers/a/firewallRules/b, microsoft.sql/servers, microsoft.sql/servers/firewallrules
        Microsoft.Sql/servers/a/databases/b/transparentDataEncryption/current, microsoft.sql/servers/databases, microsoft.sql/servers/databases/transparentdataencryption
        Microsoft.Web/sites/a/config/web, microsoft.web/sites, microsoft.web/sites/config/web
        Microsoft.Web/sites/a/slots/b/config/web, microsoft.web/sites/slots, microsoft.web/sites/slots/config/web
        Microsoft.KeyVault/vaults/a/providers/Microsoft.Insights/diagnosticSettings/b, microsoft.keyvault/vaults, microsoft.insights/diagnosticsettings
        Microsoft.Storage/storageAccounts/a/blobServices/default/providers/Microsoft.Authorization/locks/b, microsoft.storage/storageaccounts, microsoft.authorization/locks
        Microsoft.Authorization/roleAssignments/b, microsoft.resources/resourcegroups, microsoft.authorization/roleassignments
        """)
    void judgesChildrenAndExtensionsWithTheirParent(String below, String owner, String companion) {
        Json child =
                quoted("{'id':'/subscriptions/S/resourceGroups/providers/providers/" + below + "','properties':{}}");

        assertThat(AzureEvents.decode(child, FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(CompanionChanged.class, changed -> {
                    assertThat(changed.parent().type()).isEqualTo(owner);
                    assertThat(changed.parent().account()).isEqualTo("s");
                    assertThat(changed.companionType()).isEqualTo(companion);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/servers/a/databases/b, microsoft.sql/servers/databases",
        "/subscriptions/s/providers/Microsoft.Security/pricings/Arm, microsoft.security/pricings",
        "/subscriptions/s/resourceGroups/g, microsoft.resources/resourcegroups",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Security/locations/l/jitNetworkAccessPolicies/p, microsoft.security/locations/jitnetworkaccesspolicies"
    })
    void judgesOtherResourcesByThemselves(String id, String type) {
        assertThat(AzureEvents.decode(quoted("{'id':'" + id + "'}"), FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.resource().type()).isEqualTo(type));
    }

    @Test
    void readsTheAnswersOfARecording() {
        Json recording = quoted("""
                {'interactions': [
                  {'request': {'uri': 'https://management.azure.com/x'}, 'response': {'body': {'data': {'value': [{'id': '%s'}]}}}},
                  {'request': {'uri': 'https://management.azure.com/x'}, 'response': {'body': {'data': {'error': {}}}}},
                  {'request': {'uri': 'https://a.vault.azure.net/keys'}, 'response': {'body': {'data': {'value': [{}]}}}},
                  {'request': {'uri': 'https://management.azure.com/x'}, 'response': {'body': {'data': null}}}
                ]}""".formatted(ACCOUNT_ID));

        assertThat(AzureEvents.decode(recording, FALLBACK))
                .hasExactlyElementsOfTypes(Changed.class, Ignored.class, Ignored.class, Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subscriptions/s/resourceGroups/g/providers",
                "/subscriptions//x/y",
                "shopfiles",
                "/subscriptions/a|b"
            })
    void rejectsAnIdThatIsNotFull(String id) {
        assertThat(AzureEvents.decode(quoted("{'id':'" + id + "'}"), FALLBACK))
                .hasExactlyElementsOfTypes(Rejected.class);
    }

    @Test
    void rejectsAnEventWithoutTime() {
        Json event = quoted("{'eventType':'Microsoft.Resources.ResourceWriteSuccess','subject':'" + ACCOUNT_ID + "'}");

        assertThat(AzureEvents.decode(event, FALLBACK)).hasExactlyElementsOfTypes(Rejected.class);
    }

    private static Json event(String type, String id) {
        return quoted("{'eventType':'" + type + "','eventTime':'2026-01-31T10:00:00.1234567Z','subject':'" + id
                + "','data':{}}");
    }
}
