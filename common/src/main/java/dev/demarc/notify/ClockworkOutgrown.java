package dev.demarc.notify;

import dev.demarc.govern.Waiver;
import dev.demarc.json.Json;
import dev.demarc.query.OutgrownWaiver;
import dev.demarc.query.Priority;
import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells when something that a waiver names has become more urgent than what was decided, so that it is open again, and when the waiver covers
 * all of it again: because it is less urgent, or because somebody decided on stricter terms. A still more urgent band is told anew. A waiver
 * that ends meanwhile is restored to nothing.
 */
final class ClockworkOutgrown {
    private static final String REACHED = "reached";

    private ClockworkOutgrown() {}

    /** {@code waivers} are all of them, whatever their state. Answers how many notices were written. */
    static int run(Documents documents, Scope scope, List<Waiver> waivers, List<OutgrownWaiver> outgrown, Instant now) {
        ClockworkMarks marks = ClockworkMarks.load(documents, scope, "outgrown", now);
        Map<String, Priority.Band> reached = new HashMap<>();
        outgrown.forEach(one -> {
            reached.put(one.waiver().id(), one.reached());
            Optional<Notice> notice = Optional.of(one)
                    .filter(ignored ->
                            isMoreUrgentThanSeen(marks.seen(one.waiver().id()), one.reached()))
                    .map(ignored -> Notices.outgrown(one.waiver(), one.reached(), now));
            marks.move(one.waiver().id(), seen(Optional.of(one.reached())), notice);
        });
        Map<String, Waiver> whole = new HashMap<>();
        waivers.stream().filter(waiver -> waiver.isActiveAt(now)).forEach(waiver -> whole.put(waiver.id(), waiver));
        for (String id : marks.subjects()) {
            if (!reached.containsKey(id)) {
                Optional<Notice> notice = Optional.ofNullable(whole.get(id))
                        .filter(ignored -> band(marks.seen(id)).isPresent())
                        .map(waiver -> Notices.restored(waiver, now));
                marks.move(id, seen(Optional.empty()), notice);
            }
        }
        return marks.written();
    }

    private static boolean isMoreUrgentThanSeen(Json seen, Priority.Band reached) {
        return band(seen).filter(before -> before.compareTo(reached) <= 0).isEmpty();
    }

    private static Optional<Priority.Band> band(Json seen) {
        return seen.at(REACHED).text().map(Priority.Band::valueOf);
    }

    private static Json seen(Optional<Priority.Band> reached) {
        return Json.object()
                .withPresent(REACHED, reached.map(Enum::name).map(Json::of))
                .build();
    }
}
