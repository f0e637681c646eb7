package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.event.AwsEvents;
import dev.demarc.event.AzureEvents;
import dev.demarc.event.ChangeEvent;
import dev.demarc.event.GcpEvents;
import dev.demarc.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One document of a catalogue case in the two forms that its provider gives it: what the event says, and the resource as a sweep page holds it. */
record ProviderForms(ChangeEvent event, ProviderReader.Current current) {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final String CAPTURED = "2026-11-20T10:00:00Z";
    private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

    /** A message that carries the document: an item in its event, a resource as ARM answers it, an asset in its feed. */
    static Json message(CatalogueEntry entry, Json main) {
        return switch (entry.provider()) {
            case AWS -> awsEvent(entry, main);
            case AZURE -> armResource(entry, main);
            case GCP ->
                Json.object()
                        .with("asset", asset(entry, main))
                        .with("priorAssetState", "PRESENT")
                        .build();
        };
    }

    static ProviderForms of(CatalogueEntry entry, Json main) {
        return switch (entry.provider()) {
            case AWS -> aws(entry, main);
            case AZURE -> azure(entry, main);
            case GCP -> gcp(entry, main);
        };
    }

    /** EventBridge carries objects; the recorder's query answers with the configuration as text, under other names. */
    private static ProviderForms aws(CatalogueEntry entry, Json main) {
        Json event = awsEvent(entry, main);
        Json row = item(entry)
                .with("accountId", "111122223333")
                .with("configuration", main.at("configuration").write())
                .with("supplementaryConfiguration", main.at("supplementaryConfiguration"))
                .build();
        return new ProviderForms(
                AwsEvents.decode(event).getFirst(),
                current(AwsEvents.decode(row).getFirst()));
    }

    private static Json awsEvent(CatalogueEntry entry, Json main) {
        Json item = item(entry)
                .with("awsAccountId", "111122223333")
                .with("configuration", main.at("configuration"))
                .with("supplementaryConfiguration", main.at("supplementaryConfiguration"))
                .build();
        return Json.object()
                .with("detail-type", "Config Configuration Item Change")
                .with("detail", Json.object().with("configurationItem", item).build())
                .build();
    }

    private static Json.Builder item(CatalogueEntry entry) {
        return Json.object()
                .with("resourceType", entry.match().type())
                .with("resourceId", "one")
                .with("awsRegion", "eu-west-1")
                .with("configurationItemStatus", "OK")
                .with("configurationStateId", "7")
                .with("configurationItemCaptureTime", CAPTURED);
    }

    /** The event names the resource; both ways then read it at the pinned api-version. */
    private static ProviderForms azure(CatalogueEntry entry, Json main) {
        String id = id(entry);
        Json event = Json.object()
                .with("eventType", "Microsoft.Resources.ResourceWriteSuccess")
                .with("subject", id)
                .with("id", "e1")
                .with("eventTime", CAPTURED)
                .with(
                        "data",
                        Json.object()
                                .with("resourceUri", id.toUpperCase(java.util.Locale.ROOT))
                                .build())
                .build();
        ChangeEvent read = AzureEvents.decode(
                        armResource(entry, main), NOW, entry.apiVersion().orElseThrow())
                .getFirst();
        return new ProviderForms(AzureEvents.decode(event, NOW).getFirst(), current(read));
    }

    /** The feed wraps the asset, the list does not. */
    private static ProviderForms gcp(CatalogueEntry entry, Json main) {
        Json asset = asset(entry, main);
        Json event = Json.object()
                .with("asset", asset)
                .with("priorAssetState", "PRESENT")
                .build();
        return new ProviderForms(
                GcpEvents.decode(event, NOW).getFirst(),
                current(GcpEvents.decode(asset, NOW).getFirst()));
    }

    private static ProviderReader.Current current(ChangeEvent event) {
        assertThat(event).isInstanceOf(ChangeEvent.Changed.class);
        ChangeEvent.Changed changed = (ChangeEvent.Changed) event;
        return new ProviderReader.Current(changed.resource(), changed.version(), changed.tags(), changed.body());
    }

    private static String id(CatalogueEntry entry) {
        return "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/RG/providers/"
                + entry.match().type() + "/One";
    }

    private static Json armResource(CatalogueEntry entry, Json main) {
        Map<String, Json> members = new LinkedHashMap<>(main.members());
        members.put("id", Json.of(id(entry)));
        members.put("type", Json.of(entry.match().type()));
        members.put("systemData", Json.object().with("lastModifiedAt", CAPTURED).build());
        return new Json.JsonObject(members);
    }

    private static Json asset(CatalogueEntry entry, Json main) {
        Map<String, Json> members = new LinkedHashMap<>(main.members());
        members.put("assetType", Json.of(entry.match().type()));
        members.putIfAbsent("name", Json.of("//service.googleapis.com/projects/p/one"));
        members.put("ancestors", Json.array(List.of(Json.of("projects/123456789012"))));
        members.put("updateTime", Json.of(CAPTURED));
        return new Json.JsonObject(members);
    }
}
