package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.compile.CatalogueFiles;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One configuration gets one observation, whether it comes as the provider's event or as the sweep's read of the same resource. */
class EventAndSweepTest {
    /** The change feed of Azure tells of these as changes of the resource that they belong to; on their own they come as documents only. */
    private static final Set<String> ONLY_WITH_ITS_OWNER = Set.of(
            "Microsoft.Insights/diagnosticSettings",
            "Microsoft.Authorization/roleAssignments",
            "Microsoft.KeyVault/vaults/secrets");

    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");

    @TestFactory
    Stream<DynamicTest> anEventAndTheSweepReadOfTheSameResourceGiveTheSameObservation() {
        return CatalogueFiles.live().entrySet().stream()
                .filter(twin ->
                        !ONLY_WITH_ITS_OWNER.contains(twin.getKey().match().type()))
                .map(twin -> DynamicTest.dynamicTest(twin.getKey().serviceType().name(), () -> {
                    CatalogueEntry entry = twin.getKey();
                    SourceDocument base = twin.getValue().stream()
                            .filter(one -> one.expect().equals("COMPLIANT"))
                            .findFirst()
                            .orElseThrow()
                            .document();
                    ProviderForms forms = ProviderForms.of(entry, base.main());

                    Observation byEvent = byEvent(forms, base, entry);
                    Observation bySweep = bySweep(forms, base, entry);

                    assertThat(byEvent).isEqualTo(bySweep);
                    assertThat(byEvent.verdicts().values())
                            .anyMatch(verdict -> verdict.word().equals("COMPLIANT"));
                }));
    }

    private static Observation byEvent(ProviderForms forms, SourceDocument base, CatalogueEntry entry) {
        Recorded recorded = new Recorded();
        Reader reader = new Reader(forms.current(), base, entry);
        Outcome outcome = new ChangePipeline(observer(reader), reader, recorded, recorded).handle(forms.event(), NOW);

        assertThat(outcome).isEqualTo(new Outcome.Recorded());
        return recorded.observations.getFirst();
    }

    private static Observation bySweep(ProviderForms forms, SourceDocument base, CatalogueEntry entry) {
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
