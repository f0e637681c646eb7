package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.Scope;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * The key that signs page tokens, made once and kept in the store, so that every instance has the same and nobody configures it. Who can read
 * the store has no need to forge a page token.
 */
final class CursorKey {
    private static final String ID = "api.page-token-key";
    private static final int BYTES = 32;
    private static final Scope OWNER = Scope.operator(Scope.MAIN);

    private CursorKey() {}

    /** Reads the key when it is first asked for; makes it when there is none. */
    static Supplier<byte[]> kept(Documents documents, InstantSource clock) {
        return () -> documents
                .document(OWNER, Kind.MARK, ID)
                .or(() -> {
                    byte[] key = new byte[BYTES];
                    new SecureRandom().nextBytes(key);
                    Json body = Json.object()
                            .with("key", Base64.getEncoder().encodeToString(key))
                            .build();
                    // When another instance was faster, its key counts.
                    documents.write(OWNER, new Write(Kind.MARK, ID, 0, clock.instant(), OWNER.subject(), body));
                    return documents.document(OWNER, Kind.MARK, ID);
                })
                .map(CursorKey::bytes)
                .orElseThrow(() -> new IllegalStateException("the store does not keep the key of page tokens"));
    }

    private static byte[] bytes(Document document) {
        return Base64.getDecoder().decode(document.body().textAt("key", ""));
    }
}
