package dev.demarc.govern;

import dev.demarc.govern.Ruling.Cause;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What all kinds of documents have in common. */
final class Papers {
    private static final int PAGE = 200;

    private Papers() {}

    /** The newest revision of every document of the kind, in id order. */
    static Stream<Document> all(Documents documents, Scope scope, Kind kind) {
        List<Document> all = new ArrayList<>();
        List<Document> page = documents.documents(scope, kind, "", PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            // A page may be short because expired documents were left out of it, so only an empty one is the last.
            page = documents.documents(scope, kind, page.getLast().id(), PAGE);
        }
        return all.stream();
    }

    static <T> Ruling<T> stale(long revision) {
        return Ruling.refused(
                Cause.STALE, "revision", "it is now at revision " + revision, "read it again and decide anew");
    }

    static <T> Ruling<T> overtaken(long expected) {
        return Ruling.refused(
                Cause.STALE,
                expected == 0 ? "id" : "revision",
                expected == 0 ? "the id is in use" : "somebody else changed it at the same moment",
                expected == 0 ? "take another id" : "read it again and decide anew");
    }
}
