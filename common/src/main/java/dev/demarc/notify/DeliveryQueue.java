package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts one delivery per webhook and wanted notice into the store. Notices stand at the time at which things happened and may be written
 * later: every run looks again one hour behind the last one seen, and once an hour a week behind it. The delivery's id keeps it to one.
 */
final class DeliveryQueue {
    /** How long a delivery is kept; longer than a run looks back, or it would be made twice. */
    static final Duration KEPT = Duration.ofDays(30);

    static final Duration NEAR = Duration.ofHours(1);
    static final Duration FAR = Duration.ofDays(7);

    private static final int PAGE = 200;

    private final Documents documents;

    DeliveryQueue(Documents documents) {
        this.documents = documents;
    }

    /** Answers how many deliveries are new. */
    int fill(Scope scope, Webhook webhook, Instant now) {
        DeliveryMark mark = DeliveryMark.read(documents, scope, webhook);
        boolean looksFar = mark.lookedBackAt().isBefore(now.minus(NEAR));
        Instant from = mark.seen().isBefore(webhook.createdAt())
                ? webhook.createdAt()
                : mark.seen().minus(looksFar ? FAR : NEAR);
        Instant start = from.isBefore(webhook.createdAt()) ? webhook.createdAt() : from;
        if (looksFar) {
            // The deliveries of these days are looked at again as well: two runs at once may have passed one by.
            DeliveryMark.change(
                    documents, scope, webhook, now, one -> one.lookedBack(now).settledNotAfter(from));
        }
        int queued = 0;
        Instant last = mark.seen();
        String position = Notice.place(start);
        while (true) {
            List<Document> page = documents.documents(scope, Kind.NOTICE, position, PAGE);
            if (page.isEmpty()) {
                break;
            }
            queued += queue(scope, webhook, position, page, now);
            position = page.getLast().id();
            Instant at = Notice.read(page.getLast().body()).at();
            last = at.isAfter(last) ? at : last;
        }
        Instant seen = last;
        DeliveryMark.change(documents, scope, webhook, now, one -> one.seenUpTo(seen));
        return queued;
    }

    private int queue(Scope scope, Webhook webhook, String position, List<Document> page, Instant now) {
        Set<String> known = known(scope, webhook, position, page.getLast().id());
        int queued = 0;
        for (Document document : page) {
            Notice notice = Notice.read(document.body());
            if (webhook.wants(notice) && !known.contains(Delivery.id(webhook.id(), notice.id()))) {
                // Before the delivery, so that no crash leaves one where nobody looks.
                DeliveryMark.change(documents, scope, webhook, now, mark -> mark.settledNotAfter(notice.at()));
                queued += write(scope, Delivery.of(webhook, notice, now), now) ? 1 : 0;
            }
        }
        return queued;
    }

    private Set<String> known(Scope scope, Webhook webhook, String after, String last) {
        Set<String> known = new HashSet<>();
        String position = Delivery.id(webhook.id(), after);
        String end = Delivery.id(webhook.id(), last);
        while (true) {
            List<Document> page = documents.documents(scope, Kind.DELIVERY, position, PAGE);
            page.forEach(document -> known.add(document.id()));
            if (page.isEmpty() || page.getLast().id().compareTo(end) >= 0) {
                return known;
            }
            position = page.getLast().id();
        }
    }

    /** Writes the delivery after the revision it has; false when another run was faster. */
    boolean write(Scope scope, Delivery delivery, Instant now) {
        Json body = delivery.json();
        return documents.write(
                scope,
                new Write(
                        Kind.DELIVERY,
                        delivery.id(),
                        delivery.revision(),
                        now,
                        scope.subject(),
                        body,
                        Optional.of(now.plus(KEPT))));
    }
}
