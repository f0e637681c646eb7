package dev.demarc.normalise;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Map;

/**
 * A provider's document of one resource with its companions. {@code whole}: nothing can be missing from {@code main} but what the
 * provider leaves out (right API version, not truncated); only then does absence mean anything.
 */
public record SourceDocument(Json main, boolean whole, Map<String, Companion> companions) {

    /** A companion as it was read. */
    public sealed interface Companion {
        record Read(List<Json> documents) implements Companion {
            public Read {
                documents = List.copyOf(documents);
            }
        }

        record Denied(String permission) implements Companion {}

        record Missing(String because) implements Companion {}
    }

    public SourceDocument {
        companions = Map.copyOf(companions);
    }

    public static SourceDocument of(Json main) {
        return new SourceDocument(main, true, Map.of());
    }
}
