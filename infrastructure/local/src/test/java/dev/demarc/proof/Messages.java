package dev.demarc.proof;

import dev.demarc.event.ChangeEvent;
import dev.demarc.event.ProviderInputs;
import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages in which the providers tell of a version of a resource. */
final class Messages {
    private Messages() {}

    static Json of(ResourceId id, Subject.Revision revision) {
        Instant at = revision.version().observedAt();
        return switch (id.provider()) {
            case AWS -> item(id, revision);
            case AZURE -> armEvent(id.nativeId(), at, revision.template().isPresent() ? "Write" : "Delete");
            case GCP ->
                revision.template()
                        .map(template -> Json.object()
                                .with("asset", body(id, revision.version(), template))
                                .with("priorAssetState", "PRESENT")
                                .with("window", window(at))
                                .build())
                        .orElseGet(() -> Json.object()
                                .with("asset", deletedAsset(id, at))
                                .with("deleted", true)
                                .with("priorAssetState", "PRESENT")
                                .with("window", window(at))
                                .build());
        };
    }

    /** The configuration as the provider states it: what is judged. */
    static Json body(ResourceId id, Version version, Template template) {
        return template.provider() == Provider.GCP
                ? named(template.body(), id.nativeId(), id.account(), version.observedAt())
                : template.body();
    }

    private static Json item(ResourceId id, Subject.Revision revision) {
        Json.Builder tags = Json.object();
        revision.tags().forEach(tags::with);
        Json.Builder item = Json.object()
                .with("configurationItemVersion", "1.3")
                .with(
                        "configurationItemCaptureTime",
                        revision.version().observedAt().toString())
                .with("configurationStateId", Long.toString(revision.version().rank()))
                .with("awsAccountId", id.account())
                .with("configurationItemStatus", revision.template().isPresent() ? "OK" : "ResourceDeleted")
                .with("resourceType", id.type())
                .with("resourceId", id.nativeId())
                .with("awsRegion", id.region())
                .with("tags", tags.build());
        revision.template().ifPresent(template -> template.body().members().forEach(item::with));
        return Json.object()
                .with("detail-type", "Config Configuration Item Change")
                .with("source", "aws.config")
                .with("account", id.account())
                .with(
                        "detail",
                        Json.object().with("configurationItem", item.build()).build())
                .build();
    }

    static Json armEvent(String arm, Instant at, String what) {
        return Json.object()
                .with("id", arm + "@" + at)
                .with("subject", arm)
                .with("eventType", "Microsoft.Resources.Resource" + what + "Success")
                .with("eventTime", at.toString())
                .with("data", Json.object().with("resourceUri", arm).build())
                .build();
    }

    /** A message of a new asset, from which its identity can be read. */
    static Json asset(Template template, String name, String project, Instant at) {
        String full = "//" + template.type().substring(0, template.type().indexOf('/')) + "/projects/" + project
                + "/things/" + name;
        return Json.object()
                .with("asset", named(template.body(), full, project, at))
                .with("window", window(at))
                .build();
    }

    private static Json deletedAsset(ResourceId id, Instant at) {
        return Json.object()
                .with("name", id.nativeId())
                .with("assetType", id.type())
                .with("updateTime", at.toString())
                .with("ancestors", ancestors(id.account()))
                .build();
    }

    private static Json named(Json body, String name, String project, Instant at) {
        Json named = replaced(body, "name", Json.of(name));
        named = replaced(named, "updateTime", Json.of(at.toString()));
        return replaced(named, "ancestors", ancestors(project));
    }

    private static Json ancestors(String project) {
        return Json.array(List.of(Json.of("projects/" + project)));
    }

    private static Json replaced(Json object, String name, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new Json.JsonObject(members);
    }

    private static Json window(Instant at) {
        return Json.object().with("startTime", at.toString()).build();
    }

    /** The resource that a message is about. */
    static ResourceId identified(Json message) {
        List<ChangeEvent> events = ProviderInputs.decode(message, Instant.EPOCH);
        return events.stream()
                .flatMap(event -> switch (event) {
                    case ChangeEvent.Changed changed -> Optional.of(changed.resource()).stream();
                    case ChangeEvent.Touched touched -> Optional.of(touched.resource()).stream();
                    default -> Optional.<ResourceId>empty().stream();
                })
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no resource in " + events));
    }
}
