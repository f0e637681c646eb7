package dev.demarc.proof;

import com.amazonaws.services.lambda.runtime.Context;
import com.microsoft.azure.functions.ExecutionContext;
import dev.demarc.aws.ConfigChangeFunction;
import dev.demarc.aws.FindingProjectorFunction;
import dev.demarc.azure.ResourceChangeFunction;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.gcp.AssetChangeFunction;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.model.TagKeys;
import dev.demarc.pipeline.ChangePipeline;
import dev.demarc.pipeline.Intake;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.project.Projector;
import dev.demarc.record.CentralStore;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The real entry points of the three function modules, called as their platforms call them: the answer says what comes again. */
final class Functions {
    private static final Logger QUIET = Logger.getLogger("dev.demarc.proof.worker");

    static {
        QUIET.setLevel(Level.OFF);
        Logger.getLogger(AssetChangeFunction.class.getName()).setLevel(Level.OFF);
    }

    private final ConfigChangeFunction aws;
    private final ResourceChangeFunction azure;
    private final AssetChangeFunction gcp;

    /** One message on its way to the function of a provider. */
    record Parcel(int id, Provider provider, String body) {}

    Functions(CentralStore store, ProviderReader reader, InstantSource clock) {
        Observer observer = new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT);
        ChangePipeline pipeline = new ChangePipeline(observer, reader, store, store);
        this.aws =
                new ConfigChangeFunction(intake(pipeline, store, Provider.AWS, "aws-config-queue"), line -> {}, clock);
        this.azure = new ResourceChangeFunction(intake(pipeline, store, Provider.AZURE, "azure-event-grid"), clock);
        this.gcp = new AssetChangeFunction(intake(pipeline, store, Provider.GCP, "gcp-asset-feed"), clock);
    }

    private static Intake intake(ChangePipeline pipeline, CentralStore store, Provider provider, String source) {
        return new Intake(pipeline, store, Optional.of(new AccountId(provider, "proof")), source);
    }

    /** Delivers and answers which failed, by id: these stay in their queue. */
    Set<Integer> deliver(List<Parcel> parcels) {
        Set<Integer> failed = new HashSet<>();
        List<Parcel> batch = new ArrayList<>();
        for (Parcel parcel : parcels) {
            switch (parcel.provider()) {
                case AWS -> batch.add(parcel);
                case AZURE -> deliver(parcel, failed, () -> azure.run(parcel.body(), worker()));
                case GCP -> deliver(parcel, failed, () -> gcp.accept(published(parcel)));
            }
        }
        if (!batch.isEmpty()) {
            failed.addAll(deliverToLambda(batch));
        }
        return failed;
    }

    private static void deliver(Parcel parcel, Set<Integer> failed, Runnable function) {
        try {
            function.run();
        } catch (RuntimeException e) {
            failed.add(parcel.id());
        }
    }

    private Set<Integer> deliverToLambda(List<Parcel> batch) {
        Set<Integer> failed = new HashSet<>();
        try {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            aws.handleRequest(
                    new ByteArrayInputStream(queued(batch).write().getBytes(StandardCharsets.UTF_8)),
                    answer,
                    invocation());
            for (Json failure : JsonReader.parse(answer.toString(StandardCharsets.UTF_8))
                    .at("batchItemFailures")
                    .elements()) {
                failed.add(Integer.valueOf(failure.textAt("itemIdentifier", "")));
            }
        } catch (RuntimeException e) {
            batch.forEach(parcel -> failed.add(parcel.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return failed;
    }

    private static Json queued(List<Parcel> batch) {
        return Json.object()
                .with(
                        "Records",
                        Json.array(batch.stream()
                                .map(parcel -> Json.object()
                                        .with("messageId", Integer.toString(parcel.id()))
                                        .with("eventSource", "aws:sqs")
                                        .with("body", parcel.body())
                                        .build())
                                .toList()))
                .build();
    }

    private static io.cloudevents.CloudEvent published(Parcel parcel) {
        String data = Base64.getEncoder().encodeToString(parcel.body().getBytes(StandardCharsets.UTF_8));
        Json message = Json.object()
                .with("message", Json.object().with("data", data).build())
                .build();
        return CloudEventBuilder.v1()
                .withId(Integer.toString(parcel.id()))
                .withType("google.cloud.pubsub.topic.v1.messagePublished")
                .withSource(URI.create("//pubsub.googleapis.com/proof"))
                .withData("application/json", message.write().getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** The projector's function; it changes findings through {@code store}. */
    static FindingProjectorFunction projector(Projector projector, CentralStore store) {
        return new FindingProjectorFunction(projector, store, () -> World.END, line -> {});
    }

    /** The functions ask their invocation for nothing but, on Azure, its logger. */
    static Context invocation() {
        return nothing(Context.class);
    }

    private static ExecutionContext worker() {
        return nothing(ExecutionContext.class);
    }

    private static <T> T nothing(Class<T> context) {
        return context.cast(
                Proxy.newProxyInstance(context.getClassLoader(), new Class<?>[] {context}, (self, method, given) -> {
                    if (method.getReturnType() == Logger.class) {
                        return QUIET;
                    }
                    if (method.getReturnType() == int.class) {
                        return Integer.MAX_VALUE;
                    }
                    if (method.getReturnType() == String.class) {
                        return "proof";
                    }
                    throw new UnsupportedOperationException(method.toString());
                }));
    }
}
