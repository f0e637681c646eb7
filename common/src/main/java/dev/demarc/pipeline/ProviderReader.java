package dev.demarc.pipeline;

import dev.demarc.json.Json;
import dev.demarc.model.ResourceId;
import java.util.List;
import java.util.Map;

/** Reads the current configuration of resources and of their companions in the function's own account. */
public interface ProviderReader {

    /** The answer to one read. A transient failure (throttling, time-out) is thrown instead, so that the platform retries. */
    sealed interface Read {
        /** The documents that exist; none when the provider says there is none. */
        record Found(List<Json> documents) implements Read {
            public Found {
                documents = List.copyOf(documents);
            }
        }

        record Denied(String permission) implements Read {}

        /** This reader has no way to read that. */
        record Unavailable(String because) implements Read {}
    }

    /** A resource as a sweep or a read-back sees it. */
    record Current(ResourceId resource, dev.demarc.model.Version version, Map<String, String> tags, Json body) {}

    /** The sealed outcome of reading one resource: its current document, that it is gone, denied, or unavailable. */
    sealed interface CurrentRead {
        record Exists(Current current) implements CurrentRead {}

        record Gone() implements CurrentRead {}

        record Denied(String permission) implements CurrentRead {}

        record Unavailable(String because) implements CurrentRead {}
    }

    CurrentRead current(ResourceId resource);

    /**
     * Reads the companion documents of a resource. {@code type} is the companion type of the catalogue; {@code ids} are the ids that the main
     * document lists, for companions found by id; {@code scope} is {@code account}, {@code resource} or {@code ids}.
     */
    Read companion(ResourceId parent, String type, String scope, List<String> ids, String permission);
}
