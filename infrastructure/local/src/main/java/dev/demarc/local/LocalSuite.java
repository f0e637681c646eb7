package dev.demarc.local;

import dev.demarc.aws.ConfigChangeFunction;
import dev.demarc.azure.ResourceChangeFunction;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.event.ProviderInputs;
import dev.demarc.gcp.AssetChangeFunction;
import dev.demarc.json.Json;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.model.Provider;
import dev.demarc.model.TagKeys;
import dev.demarc.notify.Teller;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Checkpoint;
import dev.demarc.pipeline.Intake;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.pipeline.SweepPipeline;
import dev.demarc.project.Projector;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The whole suite on one machine: provider messages go through the real entry points of the three function modules into the embedded
 * store, and the store's change feed through the real projector.
 */
final class LocalSuite {
    private final SqliteStore store;
    private final ProviderReader reader;
    private final Observer observer;
    private final ConfigChangeFunction aws;
    private final ResourceChangeFunction azure;
    private final AssetChangeFunction gcp;
    private final Projector projector;
    private final Teller teller;
    private final AtomicLong messages = new AtomicLong();
    private final LocalLambdaContext lambda = new LocalLambdaContext();
    private final LocalAzureContext worker = new LocalAzureContext();
    private Instant readAt = Instant.EPOCH;

    LocalSuite(SqliteStore store, ProviderReader reader, TagKeys tagKeys, ChangePipeline.Listener listener) {
        this.store = store;
        this.reader = reader;
        this.observer = new Observer(Catalogue.bundled(), reader, tagKeys);
        InstantSource clock = InstantSource.system();
        ChangePipeline pipeline = new ChangePipeline(observer, reader, store, store, listener);
        this.aws = new ConfigChangeFunction(
                new Intake(pipeline, store, Optional.empty(), "aws-config-queue"), LocalSuite::failed, clock);
        this.azure = new ResourceChangeFunction(
                new Intake(pipeline, store, Optional.empty(), "azure-event-grid"), clock, () -> readAt);
        this.gcp = new AssetChangeFunction(
                new Intake(pipeline, store, Optional.empty(), "gcp-pubsub"), clock, () -> readAt);
        this.projector = new Projector(store);
        this.teller = new Teller(store, store, Catalogue.bundled());
    }

    /** The time of a document that states none: when it was obtained. */
    void readAt(Instant instant) {
        this.readAt = instant;
    }

    /** Delivers one document to the function of its provider, wrapped as that provider delivers it. False when no provider has this shape. */
    boolean deliver(Json document) throws IOException {
        Optional<Provider> provider = ProviderInputs.provider(document);
        if (provider.isEmpty()) {
            return false;
        }
        switch (provider.get()) {
            case AWS -> deliverAws(document);
            case AZURE -> azure.run(document.write(), worker);
            case GCP -> deliverGcp(document);
        }
        return true;
    }

    private void deliverAws(Json document) throws IOException {
        Json record = Json.object()
                .with("messageId", Long.toString(messages.incrementAndGet()))
                .with("eventSource", "aws:sqs")
                .with("body", document.write())
                .build();
        Json batch = Json.object().with("Records", Json.array(List.of(record))).build();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        aws.handleRequest(new ByteArrayInputStream(batch.write().getBytes(StandardCharsets.UTF_8)), answer, lambda);
    }

    /** A queue would deliver a failed message again; here nothing would, so the run says it. A rejected one is told by the tally. */
    private static void failed(String message) {
        if (message.contains("goes back to the queue")) {
            throw new UserError(message);
        }
    }

    private void deliverGcp(Json document) {
        byte[] data = document.text().orElseGet(document::write).getBytes(StandardCharsets.UTF_8);
        Json message = Json.object()
                .with(
                        "message",
                        Json.object()
                                .with("data", Base64.getEncoder().encodeToString(data))
                                .build())
                .build();
        gcp.accept(CloudEventBuilder.v1()
                .withId(Long.toString(messages.incrementAndGet()))
                .withType("google.cloud.pubsub.topic.v1.messagePublished")
                .withSource(URI.create("//pubsub.googleapis.com/local"))
                .withData("application/json", message.write().getBytes(StandardCharsets.UTF_8))
                .build());
    }

    /** Sweeps one account to its end. */
    void sweep(Inventory inventory, Instant now) {
        SweepPipeline sweep = new SweepPipeline(observer, reader, inventory, store, store, store::observationsOf);
        Optional<Checkpoint> next = Optional.of(Checkpoint.start(now));
        while (next.isPresent()) {
            next = sweep.run(next.get(), now, () -> false);
        }
    }

    /** Projects what the change feed holds. */
    long project() {
        return store.drain(change -> {
            projector.apply(change);
            teller.tell(change, Instant.now());
        });
    }
}
