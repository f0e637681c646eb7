package dev.demarc.gcp;

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** An account in memory: a store that keeps what it is given, except for resources named {@code unlucky}. */
final class FakeAccount implements ObservationStore, EvidenceStore, ProviderReader {
    final List<String> recorded = new ArrayList<>();

    ChangePipeline changePipeline() {
        return new ChangePipeline(new Observer(Catalogue.bundled(), this, TagKeys.DEFAULT), this, this, this);
    }

    /** The data of a Pub/Sub CloudEvent whose message is a change of a bucket. */
    static String bucketChange(String bucket) {
        Json asset = Json.object()
                .with("name", "//storage.googleapis.com/" + bucket)
                .with("assetType", "storage.googleapis.com/Bucket")
                .with("ancestors", Json.array(List.of(Json.of("projects/123456789"))))
                .with("updateTime", "2026-01-31T10:00:00Z")
                .with(
                        "resource",
                        Json.object()
                                .with("data", Json.object().with("name", bucket).build())
                                .build())
                .build();
        return pubSub(Json.object().with("asset", asset).build().write());
    }

    /** The data of a Pub/Sub CloudEvent with this message text. */
    static String pubSub(String text) {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return Json.object()
                .with("subscription", "projects/orders/subscriptions/demarc")
                .with("message", Json.object().with("data", encoded).build())
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
