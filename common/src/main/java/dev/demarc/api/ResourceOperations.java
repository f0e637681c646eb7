package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.query.Finding;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.ScopedReads;
import java.util.List;

/** Single resources: what is known now, and the history of their verdicts. */
final class ResourceOperations {
    private final ScopedReads reads;
    private final Postures postures;
    private final Listing listing;

    ResourceOperations(ScopedReads reads, Postures postures, Listing listing) {
        this.reads = reads;
        this.postures = postures;
        this.listing = listing;
    }

    List<Operation> all() {
        return List.of(
                Operation.read("readResource", "/v1/resources/{id+}", Operation.EVERYONE, List.of(), this::one),
                Operation.read(
                        "readResourceHistory",
                        "/v1/resources/{id+}/history",
                        Operation.EVERYONE,
                        List.of(Listing.SIZE, Listing.TOKEN),
                        this::history));
    }

    private ApiResponse one(Call call) {
        ResourceId resource = resource(call);
        Observation observation = reads.observation(call.scope(), resource).orElseThrow(Refusal::notFound);
        List<Json> findings = postures.of(call).findingsOf(resource).stream()
                .map(Finding::json)
                .toList();
        return ApiResponse.json(Json.object()
                .with("observation", ObservationJson.write(observation))
                .with("findings", Json.array(findings))
                .build());
    }

    private ApiResponse history(Call call) {
        ResourceId resource = resource(call);
        if (reads.observation(call.scope(), resource).isEmpty()) {
            throw Refusal.notFound();
        }
        List<HistoryEntry> entries =
                reads.history(call.scope(), resource, listing.position(call).orElse(""), Listing.size(call) + 1);
        return listing.page(call, "history", entries, ResourceOperations::json, HistoryEntry::id);
    }

    private static ResourceId resource(Call call) {
        try {
            return ResourceId.ofKey(call.id());
        } catch (IllegalArgumentException notAKey) {
            // The same as for a resource that nobody has, so that no id tells more than another.
            throw Refusal.notFound();
        }
    }

    private static Json json(HistoryEntry entry) {
        List<Json.JsonObject> changes = entry.changes().stream()
                .map(change -> Json.object()
                        .with("control", change.control().value())
                        .with("from", change.from())
                        .with("to", change.to())
                        .with("kind", change.kind().name())
                        .build())
                .toList();
        return Json.object()
                .with("at", entry.at().toString())
                .with("serviceType", entry.serviceType().name())
                .with("changes", Json.array(changes))
                .build();
    }
}
