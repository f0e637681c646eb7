package dev.demarc.record;

import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.record.Documents.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Documents have revisions that are never changed; the newest is the document. */
public interface DocumentsContract extends StoreContract {
    Documents.Kind WAIVER = Documents.Kind.WAIVER;

    static Documents.Write draft(String id, long expected, String text) {
        return new Documents.Write(Documents.Kind.WAIVER, id, expected, NOON.plusSeconds(expected), "ann", body(text));
    }

    private static Json body(String text) {
        return Json.object().with("text", text).build();
    }

    private static Documents.Write expiring(String id, long expected, Instant expires) {
        return new Documents.Write(WAIVER, id, expected, NOON, "ann", body("short-lived"), Optional.of(expires));
    }

    @Test
    default void keepsEveryRevisionOfADocument() {
        Json long1 = body("ü\"\n ✓".repeat(1000));
        Documents.Write first = new Documents.Write(WAIVER, "w-1", 0, NOON.plusNanos(1), "ann", long1);

        assertThat(store().write(WHOLE, first)).isTrue();
        assertThat(store().write(WHOLE, draft("w-1", 1, "second"))).isTrue();

        Document second = new Document("w-1", 2, NOON.plusSeconds(1), "ann", body("second"));
        assertThat(store().document(WHOLE, WAIVER, "w-1")).contains(second);
        assertThat(store().revisions(WHOLE, WAIVER, "w-1"))
                .containsExactly(second, new Document("w-1", 1, NOON.plusNanos(1), "ann", long1));
    }

    @Test
    default void refusesARevisionThatIsNotTheNext() {
        store().write(WHOLE, draft("w-1", 0, "first"));
        store().write(WHOLE, draft("w-1", 1, "second"));

        for (long expected : List.of(0L, 1L, 3L)) {
            assertThat(store().write(WHOLE, draft("w-1", expected, "lost"))).isFalse();
        }
        assertThat(store().write(WHOLE, draft("w-2", 1, "lost"))).isFalse();

        assertThat(store().revisions(WHOLE, WAIVER, "w-1"))
                .extracting(Document::body)
                .containsExactly(body("second"), body("first"));
        assertThat(store().document(WHOLE, WAIVER, "w-2")).isEmpty();
    }

    @Test
    default void letsOneOfManyWritersWin() throws Exception {
        List<Callable<Boolean>> writes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String text = "writer " + i;
            writes.add(() -> store().write(WHOLE, draft("w-1", 0, text)));
        }

        assertThat(Collections.frequency(StoreContract.atOnce(writes), true)).isOne();
        assertThat(store().revisions(WHOLE, WAIVER, "w-1")).hasSize(1);
    }

    @Test
    default void listsTheNewestRevisionOfEachDocumentInTheOrderOfIds() {
        List<String> ids = new ArrayList<>(List.of("b", "a", "c/1", "c", "é", "B", "c#2", "it's"));
        for (String id : ids) {
            store().write(WHOLE, draft(id, 0, "old"));
            store().write(WHOLE, draft(id, 1, "of " + id));
        }
        Collections.sort(ids);

        List<Document> paged = new ArrayList<>();
        List<Document> page = store().documents(WHOLE, WAIVER, "", 3);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            paged.addAll(page);
            page = store().documents(WHOLE, WAIVER, paged.getLast().id(), 3);
        }

        assertThat(paged).extracting(Document::id).isEqualTo(ids);
        assertThat(paged).allSatisfy(document -> {
            assertThat(document.revision()).isEqualTo(2);
            assertThat(document.body()).isEqualTo(body("of " + document.id()));
        });
    }

    @Test
    default void keepsKindsApart() {
        for (Documents.Kind kind : Documents.Kind.values()) {
            assertThat(store().write(WHOLE, new Documents.Write(kind, "one", 0, NOON, "ann", body(kind.name()))))
                    .isTrue();
        }

        for (Documents.Kind kind : Documents.Kind.values()) {
            assertThat(store().documents(WHOLE, kind, "", 10))
                    .extracting(Document::body)
                    .containsExactly(body(kind.name()));
        }
    }

    @Test
    default void ordersManyRevisionsByTheirNumber() {
        for (long i = 0; i < 12; i++) {
            store().write(WHOLE, draft("w-1", i, "text " + i));
        }

        assertThat(store().revisions(WHOLE, WAIVER, "w-1"))
                .extracting(Document::revision)
                .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }

    @Test
    default void doesNotAnswerADocumentThatHasExpired() {
        Instant past = Instant.parse("2000-01-01T00:00:00Z");
        Instant future = Instant.parse("2100-01-01T00:00:00Z");
        store().write(WHOLE, expiring("gone", 0, past));
        store().write(WHOLE, expiring("kept", 0, future));

        assertThat(store().document(WHOLE, WAIVER, "gone")).isEmpty();
        assertThat(store().document(WHOLE, WAIVER, "kept")).isPresent();
        assertThat(store().documents(WHOLE, WAIVER, "", 10))
                .extracting(Document::id)
                .containsExactly("kept");
        assertThat(store().documents(WHOLE, WAIVER, "", 1))
                .extracting(Document::id)
                .containsExactly("kept");
    }

    @Test
    default void takesADocumentAnewWhenTheOneBeforeHasExpired() {
        store().write(WHOLE, expiring("key", 0, Instant.parse("2000-01-01T00:00:00Z")));

        assertThat(store().write(WHOLE, expiring("key", 0, Instant.parse("2100-01-01T00:00:00Z"))))
                .isTrue();
        assertThat(store().document(WHOLE, WAIVER, "key")).isPresent();
        assertThat(store().write(WHOLE, expiring("key", 0, Instant.parse("2100-01-01T00:00:00Z"))))
                .isFalse();
    }
}
