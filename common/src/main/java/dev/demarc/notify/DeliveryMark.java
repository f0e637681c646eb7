package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * How far the work for one webhook has come: notices up to {@code seen} have been looked at, notices of the last days were looked at again
 * at {@code lookedBackAt}, deliveries of notices before {@code settled} are delivered or dead, and the last {@code failures} attempts failed.
 */
record DeliveryMark(Instant seen, Instant lookedBackAt, Instant settled, long failures) {
    static final DeliveryMark START = new DeliveryMark(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 0);

    DeliveryMark seenUpTo(Instant at) {
        return at.isAfter(seen) ? new DeliveryMark(at, lookedBackAt, settled, failures) : this;
    }

    DeliveryMark lookedBack(Instant at) {
        return new DeliveryMark(seen, at, settled, failures);
    }

    DeliveryMark settledBefore(Instant at) {
        return new DeliveryMark(seen, lookedBackAt, at, failures);
    }

    DeliveryMark settledNotAfter(Instant at) {
        return at.isBefore(settled) ? settledBefore(at) : this;
    }

    DeliveryMark failed() {
        return new DeliveryMark(seen, lookedBackAt, settled, failures + 1);
    }

    DeliveryMark worked() {
        return failures == 0 ? this : new DeliveryMark(seen, lookedBackAt, settled, 0);
    }

    static DeliveryMark read(Documents documents, Scope scope, Webhook webhook) {
        return documents
                .document(scope, Kind.MARK, id(webhook))
                .map(document -> read(document.body()))
                .orElse(START);
    }

    /** Changes the mark as it is at the moment, also when another run is changing it. */
    static void change(
            Documents documents, Scope scope, Webhook webhook, Instant now, UnaryOperator<DeliveryMark> change) {
        while (true) {
            var document = documents.document(scope, Kind.MARK, id(webhook));
            DeliveryMark before = document.map(one -> read(one.body())).orElse(START);
            DeliveryMark after = change.apply(before);
            long revision = document.map(Documents.Document::revision).orElse(0L);
            Write write = new Write(Kind.MARK, id(webhook), revision, now, scope.subject(), after.json());
            if (after.equals(before) || documents.write(scope, write)) {
                return;
            }
        }
    }

    private static String id(Webhook webhook) {
        return "webhook/" + webhook.id();
    }

    private Json json() {
        return Json.object()
                .with("seen", seen.toString())
                .with("lookedBackAt", lookedBackAt.toString())
                .with("settled", settled.toString())
                .with("failures", failures)
                .build();
    }

    private static DeliveryMark read(Json body) {
        return new DeliveryMark(
                Instant.parse(body.textAt("seen", "")),
                Instant.parse(body.textAt("lookedBackAt", "")),
                Instant.parse(body.textAt("settled", "")),
                body.longAt("failures", 0));
    }
}
