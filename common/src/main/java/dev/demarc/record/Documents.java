package dev.demarc.record;

import dev.demarc.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Versioned documents of a tenant: what people decide, and what notifications remember. Each write makes a new revision and none is ever
 * changed; the newest is the document. Ids sort as text.
 */
public interface Documents {

    enum Kind {
        REGISTER,
        WAIVER,
        ATTESTATION,
        WEBHOOK,
        /** One notification for one webhook, with its attempts. */
        DELIVERY,
        /** Something that happened, by time; written once. */
        NOTICE,
        /** The counts of one day, for the trend. */
        SNAPSHOT,
        /** The answer to a request with an idempotency key. */
        IDEMPOTENCY,
        /** What the clock-driven work last saw of a subject. */
        MARK
    }

    /** One revision. {@code revision} counts from 1; {@code by} is the subject who wrote it. */
    record Document(String id, long revision, Instant at, String by, Json body) {}

    /** A revision to write after the one with number {@code expected}; 0 when the document must not exist yet. */
    record Write(Kind kind, String id, long expected, Instant at, String by, Json body, Optional<Instant> expires) {
        public Write(Kind kind, String id, long expected, Instant at, String by, Json body) {
            this(kind, id, expected, at, by, body, Optional.empty());
        }
    }

    /** Empty when there is none or it has expired at {@code now}. */
    Optional<Document> document(Scope scope, Kind kind, String id);

    /** The newest revision of each document in id order after {@code afterId} (exclusive, empty for the start). */
    List<Document> documents(Scope scope, Kind kind, String afterId, int limit);

    /** Every revision of a document, the newest first. */
    List<Document> revisions(Scope scope, Kind kind, String id);

    /** Writes the revision; answers false, having changed nothing, when the document is not at the expected revision. */
    boolean write(Scope scope, Write write);
}
