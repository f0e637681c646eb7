package dev.demarc.azure;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Intake;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.pipeline.SweepPipeline;
import dev.demarc.record.EvidenceStore;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.ObservationStore;
import dev.demarc.record.Quarantine;
import dev.demarc.record.SweepEvidence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An account in memory: a store that keeps what it is given, except for resources named {@code unlucky}, a quarantine that keeps all but
 * what contains {@code unkept}, and an empty inventory.
 */
final class FakeAccount implements ObservationStore, EvidenceStore, Quarantine, ProviderReader, Inventory {
    static final String ACCOUNT = "0a1b2c3d-0000-4000-8000-000000000001";

    final List<String> recorded = new ArrayList<>();
    final List<String> listed = new ArrayList<>();
    final List<String> quarantined = new ArrayList<>();
    final List<SweepEvidence> swept = new ArrayList<>();
    Optional<RuntimeException> listFailure = Optional.empty();

    Intake intake() {
        ChangePipeline pipeline =
                new ChangePipeline(new Observer(Catalogue.bundled(), this, TagKeys.DEFAULT), this, this, this);
        return new Intake(pipeline, this, Optional.of(new AccountId(Provider.AZURE, ACCOUNT)), "azure-event-grid");
    }

    SweepPipeline sweepPipeline() {
        Observer observer = new Observer(Catalogue.bundled(), this, TagKeys.DEFAULT);
        return new SweepPipeline(observer, this, this, this, this, (provider, account, type) -> List.of());
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
    public void putFeedEvidence(FeedEvidence evidence) {
        // Not what these tests are about.
    }

    @Override
    public void putSweepEvidence(SweepEvidence evidence) {
        swept.add(evidence);
    }

    @Override
    public void quarantine(Optional<AccountId> account, String source, byte[] content, String reason, Instant now) {
        if (new String(content, StandardCharsets.UTF_8).contains("unkept")) {
            throw new IllegalStateException("the table is throttled");
        }
        quarantined.add(account.map(AccountId::key).orElse("") + " " + source + ": " + reason);
    }

    @Override
    public Provider provider() {
        return Provider.AZURE;
    }

    @Override
    public String account() {
        return ACCOUNT;
    }

    @Override
    public Page list(String providerType, Optional<String> token) {
        listFailure.ifPresent(failure -> {
            throw failure;
        });
        listed.add(providerType);
        return new Page(List.of(), 0, Optional.empty());
    }

    @Override
    public CurrentRead current(ResourceId resource) {
        return new CurrentRead.Unavailable("nothing is read here");
    }

    @Override
    public Read companion(ResourceId parent, Wanted wanted) {
        return new Read.Unavailable("nothing is read here");
    }
}
