package dev.demarc.azure;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.record.CentralStore;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.ObservationStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An account in memory: a store that keeps what it is given, except for resources named {@code unlucky}. */
final class FakeAccount implements ObservationStore, EvidenceStore, ProviderReader {
    final List<String> recorded = new ArrayList<>();

    ChangePipeline changePipeline() {
        return new ChangePipeline(new Observer(Catalogue.bundled(), this, TagKeys.DEFAULT), this, this, this);
    }

    /** An Event Grid event about a storage account. */
    static String deleted(String name) {
        String id = "/subscriptions/0a1b2c3d-0000-4000-8000-000000000001/resourceGroups/shop"
                + "/providers/Microsoft.Storage/storageAccounts/" + name;
        return Json.object()
                .with("id", "event-1")
                .with("subject", id)
                .with("eventType", "Microsoft.Resources.ResourceDeleteSuccess")
                .with("eventTime", "2026-01-31T10:00:00Z")
                .with("data", Json.object().with("resourceUri", id).build())
                .build()
                .write();
    }

    @Override
    public ObservationStore.Outcome record(Observation observation) {
        if (observation.resource().nativeId().endsWith("/unlucky")) {
            throw new IllegalStateException("the table is throttled");
        }
        recorded.add(observation.resource().nativeId());
        return ObservationStore.Outcome.RECORDED;
    }

    @Override
    public Optional<Observation> observation(ResourceId resource) {
        return Optional.empty();
    }

    @Override
    public void putFeedEvidence(dev.demarc.record.FeedEvidence evidence) {}

    @Override
    public void putSweepEvidence(dev.demarc.record.SweepEvidence evidence) {}

    @Override
    public CurrentRead current(ResourceId resource) {
        return new CurrentRead.Unavailable("nothing is read here");
    }

    @Override
    public Read companion(ResourceId parent, String type, String scope, List<String> ids, String permission) {
        return new Read.Unavailable("nothing is read here");
    }
}
