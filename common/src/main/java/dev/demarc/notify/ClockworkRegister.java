package dev.demarc.notify;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterEntry;
import dev.demarc.register.RegisterReview;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tells when a review of the register no longer counts, because it expired or the catalogue changed, and when it was renewed. */
final class ClockworkRegister {
    private ClockworkRegister() {}

    /** Answers how many notices were written. */
    static int run(Documents documents, Scope scope, Register register, Catalogue catalogue, Instant now) {
        ClockworkMarks marks = ClockworkMarks.load(documents, scope, "register", now);
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        Set<String> gone = new HashSet<>(marks.subjects());
        for (RegisterEntry entry : register.entries()) {
            // What is not approved was never a review that could go stale; it is treated like no entry.
            if (entry.approved()) {
                gone.remove(entry.serviceType().name());
                judge(marks, RegisterReview.of(register, entry, catalogue, today), now);
            }
        }
        gone.forEach(
                type -> marks.move(type, Json.object().with("state", "NONE").build(), Optional.empty()));
        return marks.written();
    }

    private static void judge(ClockworkMarks marks, RegisterReview review, Instant now) {
        String type = review.entry().serviceType().name();
        Json seen = marks.seen(type);
        List<String> before = seen.at("reasons").elements().stream()
                .flatMap(one -> one.text().stream())
                .toList();
        List<String> reasons = new ArrayList<>(review.stale().stream().toList());
        reasons.addAll(new TreeMap<>(review.changed()).values());
        Optional<NoticeKind> kind = reasons.isEmpty()
                ? Optional.of(NoticeKind.REGISTER_RENEWED).filter(ignored -> !before.isEmpty())
                : Optional.of(NoticeKind.REGISTER_STALE).filter(ignored -> !before.containsAll(reasons));
        Json texts = Json.array(reasons.stream().map(Json::of).toList());
        Json next = Json.object()
                .with("state", reasons.isEmpty() ? "CURRENT" : "STALE")
                .with("reasons", texts)
                .build();
        Json details = Json.object()
                .with("serviceType", type)
                .with("owner", review.entry().owner())
                .with("reasons", texts)
                .with(
                        "controls",
                        Json.array(review.changed().keySet().stream()
                                .sorted()
                                .map(control -> Json.of(control.value()))
                                .toList()))
                .build();
        marks.move(type, next, kind.map(one -> Notice.of(one, now, "register/" + type, texts.write(), details)));
    }
}
