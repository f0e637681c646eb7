package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Version;
import dev.demarc.record.InMemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Variants of one provider type are listed by the sweep of each; a resource is read and recorded by its own alone. */
class SweepOfVariantsTest {
    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
    private static final ResourceId SITE = new ResourceId(
            Provider.AZURE,
            "11111111-2222-3333-4444-555555555555",
            "westeurope",
            "microsoft.web/sites",
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg/providers/microsoft.web/sites/shop");

    private final InMemoryStore store = new InMemoryStore();
    private final List<ProviderReader.Wanted> asked = new ArrayList<>();
    private final ProviderReader reader = new ProviderReader() {
        @Override
        public CurrentRead current(ResourceId resource) {
            return new CurrentRead.Gone();
        }

        @Override
        public Read companion(ResourceId parent, Wanted companion) {
            asked.add(companion);
            return new Read.Found(List.of());
        }
    };

    private boolean record(String variant) {
        Observer observer = new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT);
        CatalogueEntry entry = Catalogue.bundled()
                .entry(new ServiceType("Microsoft.Web/sites#" + variant))
                .orElseThrow();
        ProviderReader.Current current = new ProviderReader.Current(
                SITE,
                new Version(START, 0),
                ProviderReader.Clock.ANOTHER,
                Map.of(),
                JsonReader.parse("{\"kind\":\"app,linux\",\"properties\":{\"httpsOnly\":true}}"));
        return new SweepWriter(observer, reader, store).record(entry, current, START);
    }

    @Test
    void readsNothingBesideAResourceOfAnotherVariant() {
        assertThat(record("functionapp")).isFalse();

        assertThat(asked).isEmpty();
        assertThat(store.observation(SITE)).isEmpty();
    }

    @Test
    void readsAndRecordsAResourceOfItsOwn() {
        assertThat(record("app")).isTrue();

        assertThat(asked).isNotEmpty();
        assertThat(store.observation(SITE)).isPresent();
    }
}
