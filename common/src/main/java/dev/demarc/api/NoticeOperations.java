package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.notify.Notice;
import dev.demarc.notify.NoticeKind;
import dev.demarc.notify.NoticeLog;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What happened. */
final class NoticeOperations {
    private final NoticeLog log;
    private final Listing listing;

    NoticeOperations(NoticeLog log, Listing listing) {
        this.log = log;
        this.listing = listing;
    }

    List<Operation> all() {
        Parameter kind = Parameter.words(
                "kind", Stream.of(NoticeKind.values()).map(NoticeKind::word).toArray(String[]::new));
        return List.of(Operation.read(
                "listNotices",
                "/v1/notices",
                Operation.EVERYONE,
                List.of(kind, Parameter.time("since"), Listing.SIZE, Listing.TOKEN),
                this::list));
    }

    private ApiResponse list(Call call) {
        Set<String> wanted = call.parameters().set("kind");
        String start = listing.position(call)
                .or(() -> call.parameters().time("since").map(Notice::place))
                .orElse("");
        NoticeLog.Page page = log.read(call.scope(), start, Listing.size(call));
        List<Json> notices = page.notices().stream()
                .filter(notice -> wanted.isEmpty() || wanted.contains(notice.kind()))
                .map(Notice::json)
                .toList();
        return listing.page(call, Json.object().with("notices", Json.array(notices)), page.next());
    }
}
