package dev.demarc.notify;

import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The notices of a tenant by the time at which things happened. A notice that is there already is not written again. */
public final class NoticeLog {
    /** How long a notice is kept after it was written. */
    public static final Duration KEPT = Duration.ofDays(90);

    private static final int PAGE = 200;
    private static final int EXAMINED_AT_MOST = 2_000;

    private final Documents documents;

    public NoticeLog(Documents documents) {
        this.documents = documents;
    }

    /** Notices in the order of time; {@code next} is where to go on, empty at the end. A page may be short and still have a next one. */
    public record Page(List<Notice> notices, Optional<String> next) {
        public Page {
            notices = List.copyOf(notices);
        }
    }

    /** Writes those that are not there yet, and answers how many. */
    public int write(Scope scope, Collection<Notice> notices, Instant now) {
        int written = 0;
        for (Notice notice : notices) {
            Documents.Write write = new Documents.Write(
                    Kind.NOTICE, notice.id(), 0, now, scope.subject(), notice.json(), Optional.of(now.plus(KEPT)));
            written += documents.write(scope, write) ? 1 : 0;
        }
        return written;
    }

    /**
     * The notices after {@code position} (empty for the start) that the scope may see. They stand at the time at which things happened, which
     * may be well before they became known: to miss none, look again some way behind the last one seen.
     */
    public Page read(Scope scope, String position, int limit) {
        List<Notice> notices = new ArrayList<>();
        String at = position;
        int examined = 0;
        while (notices.size() < limit && examined < EXAMINED_AT_MOST) {
            List<Document> page = documents.documents(scope, Kind.NOTICE, at, Math.min(PAGE, limit));
            if (page.isEmpty()) {
                return new Page(notices, Optional.empty());
            }
            for (Document document : page) {
                examined++;
                at = document.id();
                Notice notice = Notice.read(document.body());
                if (scope.isWhole() || notice.account().map(scope::covers).orElse(true)) {
                    notices.add(notice);
                }
                if (notices.size() == limit) {
                    break;
                }
            }
        }
        return new Page(notices, Optional.of(at));
    }
}
