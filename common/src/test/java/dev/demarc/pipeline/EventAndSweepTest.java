package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.compile.CatalogueFiles;
import dev.demarc.event.AwsEvents;
import dev.demarc.event.AzureEvents;
import dev.demarc.event.ChangeEvent;
import dev.demarc.event.GcpEvents;
import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.normalise.SourceDocument;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.ObservationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One configuration gets one observation, whether it comes as the provider's event or as the sweep's read of the same resource. */
class EventAndSweepTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final String CAPTURED = "2026-11-20T10:00:00Z";
    private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

    @TestFactory
    Stream<DynamicTest> anEventAndTheSweepReadOfTheSameResourceGiveTheSameObservation() {
        return CatalogueFiles.cases().entrySet().stream()
                .map(twin -> DynamicTest.dynamicTest(twin.getKey().serviceType().name(), () -> {
                    CatalogueEntry entry = twin.getKey();
                    SourceDocument base = twin.getValue().stream()
                            .filter(one -> one.expect().equals("COMPLIANT"))
                            .findFirst()
                            .orElseThrow()
                            .document();
                    Forms forms = forms(entry, base.main());

                    Observation byEvent = byEvent(forms, base, entry);
                    Observation bySweep = bySweep(forms, base, entry);

                    assertThat(byEvent).isEqualTo(bySweep);
                    assertThat(byEvent.verdicts().values())
                            .anyMatch(verdict -> verdict.word().equals("COMPLIANT"));
                }));
    }

    /** What the event says, and the resource as a sweep page holds it. */
    private record Forms(ChangeEvent event, ProviderReader.Current current) {}

    private static Forms forms(CatalogueEntry entry, Json main) {
        return switch (entry.provider()) {
            case AWS -> aws(entry, main);
            case AZURE -> azure(entry, main);
            case GCP -> gcp(entry, main);
        };
    }

    /** EventBridge carries objects; the recorder's query answers with the configuration as text, under other names. */
    private static Forms aws(CatalogueEntry entry, Json main) {
        Json item = item(entry)
                .with("awsAccountId", "111122223333")
                .with("configuration", main.at("configuration"))
                .with("supplementaryConfiguration", main.at("supplementaryConfiguration"))
                .build();
        Json event = Json.object()
                .with("detail-type", "Config Configuration Item Change")
                .with("detail", Json.object().with("configurationItem", item).build())
                .build();
        Json row = item(entry)
                .with("accountId", "111122223333")
                .with("configuration", main.at("configuration").write())
                .with("supplementaryConfiguration", main.at("supplementaryConfiguration"))
                .build();
        return new Forms(
                AwsEvents.decode(event).getFirst(),
                current(AwsEvents.decode(row).getFirst()));
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
    private static Forms azure(CatalogueEntry entry, Json main) {
        String id = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/RG/providers/"
                + entry.match().type() + "/One";
        Map<String, Json> members = new LinkedHashMap<>(main.members());
        members.put("id", Json.of(id));
        members.put("type", Json.of(entry.match().type()));
        members.put("systemData", Json.object().with("lastModifiedAt", CAPTURED).build());
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
                        new Json.JsonObject(members), NOW, entry.apiVersion().orElseThrow())
                .getFirst();
        return new Forms(AzureEvents.decode(event, NOW).getFirst(), current(read));
    }

    /** The feed wraps the asset, the list does not. */
    private static Forms gcp(CatalogueEntry entry, Json main) {
        Map<String, Json> members = new LinkedHashMap<>(main.members());
        members.put("assetType", Json.of(entry.match().type()));
        members.putIfAbsent("name", Json.of("//service.googleapis.com/projects/p/one"));
        members.put("ancestors", Json.array(List.of(Json.of("projects/123456789012"))));
        members.put("updateTime", Json.of(CAPTURED));
        Json asset = new Json.JsonObject(members);
        Json event = Json.object()
                .with("asset", asset)
                .with("priorAssetState", "PRESENT")
                .build();
        return new Forms(
                GcpEvents.decode(event, NOW).getFirst(),
                current(GcpEvents.decode(asset, NOW).getFirst()));
    }

    private static ProviderReader.Current current(ChangeEvent event) {
        assertThat(event).isInstanceOf(ChangeEvent.Changed.class);
        ChangeEvent.Changed changed = (ChangeEvent.Changed) event;
        return new ProviderReader.Current(changed.resource(), changed.version(), changed.tags(), changed.body());
    }

    private static Observation byEvent(Forms forms, SourceDocument base, CatalogueEntry entry) {
        Recorded recorded = new Recorded();
        Reader reader = new Reader(forms.current(), base, entry);
        Outcome outcome = new ChangePipeline(observer(reader), reader, recorded, recorded).handle(forms.event(), NOW);

        assertThat(outcome).isEqualTo(new Outcome.Recorded());
        return recorded.observations.getFirst();
    }

    private static Observation bySweep(Forms forms, SourceDocument base, CatalogueEntry entry) {
        Recorded recorded = new Recorded();
        Reader reader = new Reader(forms.current(), base, entry);
        Optional<Checkpoint> paused = new SweepPipeline(
                        observer(reader), reader, reader, recorded, recorded, (provider, account, type) -> List.of())
                .run(Checkpoint.start(NOW), NOW, () -> false);

        assertThat(paused).isEmpty();
        return recorded.observations.getFirst();
    }

    private static Observer observer(ProviderReader reader) {
        return new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT);
    }

    /** An account that holds the one resource and the companions of its case. */
    private record Reader(Current current, SourceDocument base, CatalogueEntry entry)
            implements ProviderReader, Inventory {
        @Override
        public CurrentRead current(ResourceId resource) {
            return new CurrentRead.Exists(current);
        }

        @Override
        public Read companion(ResourceId parent, Wanted wanted) {
            for (var spec : entry.companions().values()) {
                if (spec.name().equals(wanted.name())
                        && base.companions().get(spec.name())
                                instanceof SourceDocument.Companion.Read(List<Json> documents)) {
                    return new Read.Found(documents);
                }
            }
            return new Read.Unavailable("not in the case");
        }

        @Override
        public Provider provider() {
            return entry.provider();
        }

        @Override
        public String account() {
            return current.resource().account();
        }

        @Override
        public Page list(String providerType, Optional<String> token) {
            boolean asked = providerType.equalsIgnoreCase(entry.match().type());
            return new Page(asked ? List.of(current) : List.of(), 0, Optional.empty());
        }
    }

    private static final class Recorded implements ObservationStore, EvidenceStore {
        private final List<Observation> observations = new ArrayList<>();

        @Override
        public ObservationStore.Outcome record(Observation observation) {
            observations.add(observation);
            return ObservationStore.Outcome.RECORDED;
        }

        @Override
        public Optional<Observation> observation(ResourceId resource) {
            return observations.stream()
                    .filter(one -> one.resource().equals(resource))
                    .findFirst();
        }

        @Override
        public void putFeedEvidence(dev.demarc.record.FeedEvidence evidence) {
            // Not what this test is about.
        }

        @Override
        public void putSweepEvidence(dev.demarc.record.SweepEvidence evidence) {
            // Not what this test is about.
        }
    }
}
