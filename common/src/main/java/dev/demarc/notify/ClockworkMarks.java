package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the clock-driven work last saw of its subjects. A move to another state is one conditional write that carries its notice with it:
 * of several that see the same change one wins, and a notice that a crash left untold is told by the next tick.
 */
final class ClockworkMarks {
    private static final int PAGE = 500;

    private final Documents documents;
    private final NoticeLog log;
    private final Scope scope;
    private final String prefix;
    private final Instant now;
    private final Map<String, Document> marks = new LinkedHashMap<>();
    private int written;

    private ClockworkMarks(Documents documents, Scope scope, String prefix, Instant now) {
        this.documents = documents;
        this.log = new NoticeLog(documents);
        this.scope = scope;
        this.prefix = prefix;
        this.now = now;
    }

    /** Reads all marks of one kind of subject and tells what was left untold. */
    static ClockworkMarks load(Documents documents, Scope scope, String kind, Instant now) {
        ClockworkMarks marks = new ClockworkMarks(documents, scope, kind + "|", now);
        marks.read();
        for (Map.Entry<String, Document> mark : List.copyOf(marks.marks.entrySet())) {
            if (mark.getValue().body().at("notice").isObject()) {
                marks.tell(mark.getKey(), mark.getValue());
            }
        }
        return marks;
    }

    private void read() {
        List<Document> page = documents.documents(scope, Kind.MARK, prefix, PAGE);
        while (!page.isEmpty()) {
            for (Document mark : page) {
                if (!mark.id().startsWith(prefix)) {
                    return;
                }
                marks.put(mark.id().substring(prefix.length()), mark);
            }
            page = documents.documents(scope, Kind.MARK, page.getLast().id(), PAGE);
        }
    }

    Set<String> subjects() {
        return Set.copyOf(marks.keySet());
    }

    /** What was last seen of the subject; an empty object when it was never seen. */
    Json seen(String subject) {
        Document mark = marks.get(subject);
        return mark == null ? Json.object().build() : mark.body().at("seen");
    }

    /** Moves the subject on and tells the notice, unless somebody else was faster. Does nothing when it is there already. */
    void move(String subject, Json next, Optional<Notice> notice) {
        if (seen(subject).equals(next)) {
            return;
        }
        Json body = Json.object()
                .with("seen", next)
                .withPresent("notice", notice.map(Notice::json))
                .build();
        write(subject, body).filter(ignored -> notice.isPresent()).ifPresent(mark -> tell(subject, mark));
    }

    /** For notices that are the same whoever makes them: told first, then remembered as seen. */
    void tellAndMove(String subject, Json next, List<Notice> notices) {
        written += log.write(scope, notices, now);
        if (!seen(subject).equals(next)) {
            write(subject, Json.object().with("seen", next).build());
        }
    }

    int written() {
        return written;
    }

    private void tell(String subject, Document mark) {
        Json notice = mark.body().at("notice");
        written += log.write(scope, List.of(Notice.read(notice)), now);
        write(subject, Json.object().with("seen", mark.body().at("seen")).build());
    }

    private Optional<Document> write(String subject, Json body) {
        Document before = marks.get(subject);
        long expected = before == null ? 0 : before.revision();
        String id = prefix + subject;
        if (!documents.write(scope, new Documents.Write(Kind.MARK, id, expected, now, scope.subject(), body))) {
            return Optional.empty();
        }
        Document written = new Document(id, expected + 1, now, scope.subject(), body);
        marks.put(subject, written);
        return Optional.of(written);
    }
}
