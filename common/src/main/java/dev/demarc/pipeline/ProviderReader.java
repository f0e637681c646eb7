package dev.demarc.pipeline;

import dev.demarc.json.Json;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.util.List;
import java.util.Map;

/** Reads the current configuration of resources and of their companions in the function's own account. */
public interface ProviderReader {

    /** The answer to one read. A failure that may pass (throttling, time-out) is thrown as {@link Transient} instead, so that it is tried again. */
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

    /** Which clock the version of a read shows. */
    enum Clock {
        /** The one that dates the events: a read with an older version shows an older state. */
        OF_EVENTS,
        /** Another one, such as the time of the last write to the resource itself: the two do not compare. */
        ANOTHER
    }

    /** A resource as a sweep or a read-back sees it. */
    record Current(ResourceId resource, Version version, Clock clock, Map<String, String> tags, Json body) {
        public Current {
            tags = Map.copyOf(tags);
        }

        /** As read where the version tells nothing about the order of reads and events. */
        public Current(ResourceId resource, Version version, Map<String, String> tags, Json body) {
            this(resource, version, Clock.ANOTHER, tags, body);
        }
    }

    /** The sealed outcome of reading one resource: its current document, that it is gone, denied, or unavailable. */
    sealed interface CurrentRead {
        record Exists(Current current) implements CurrentRead {}

        record Gone() implements CurrentRead {}

        record Denied(String permission) implements CurrentRead {}

        record Unavailable(String because) implements CurrentRead {}
    }

    CurrentRead current(ResourceId resource);

    /**
     * A companion as the catalogue names it. {@code type} is its type there; {@code scope} is {@code account}, {@code resource} or {@code
     * ids}; {@code ids} are the ids that the main document lists, for companions found by id. Two companions may share type and scope (the
     * two roles of a task): only the name tells them apart.
     */
    record Wanted(String name, String type, String scope, List<String> ids, String permission) {
        public Wanted {
            ids = List.copyOf(ids);
        }
    }

    /** Reads the companion documents of a resource. */
    Read companion(ResourceId parent, Wanted wanted);
}
