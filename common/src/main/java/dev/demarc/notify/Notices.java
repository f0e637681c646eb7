package dev.demarc.notify;

import dev.demarc.govern.Waiver;
import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.ServiceType;
import dev.demarc.query.Priority;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.HistoryEntry.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes notices of what happened to findings and waivers. The same step gives the same notices, however often it is told. */
public final class Notices {
    private Notices() {}

    /** One for each control whose finding opened, worsened, was fixed or closed, at the time of the step. */
    public static List<Notice> of(HistoryEntry entry) {
        return of(entry, entry.at(), ignored -> Optional.empty());
    }

    /**
     * At the time at which the step became known, so that a resource that has long been so and is seen only now is told of now; with the
     * priority band of each finding where {@code bandOf} knows it by the finding's id.
     */
    public static List<Notice> of(
            HistoryEntry entry, Instant recordedAt, Function<String, Optional<Priority.Band>> bandOf) {
        List<Notice> notices = new ArrayList<>();
        for (Change change : entry.changes()) {
            kind(change).ifPresent(kind -> {
                String finding = entry.resource().key() + "|" + change.control();
                notices.add(Notice.of(
                        kind, recordedAt, finding, entry.id(), details(entry, change, bandOf.apply(finding))));
            });
        }
        return notices;
    }

    private static Optional<NoticeKind> kind(Change change) {
        return switch (change.kind()) {
            case OPENED -> Optional.of(NoticeKind.FINDING_OPENED);
            case WORSENED -> Optional.of(NoticeKind.FINDING_WORSENED);
            case FIXED -> Optional.of(NoticeKind.FINDING_FIXED);
            case CLOSED -> Optional.of(NoticeKind.FINDING_CLOSED);
            case CHANGED -> Optional.empty();
        };
    }

    private static Json details(HistoryEntry entry, Change change, Optional<Priority.Band> band) {
        return Json.object()
                .with("account", AccountId.of(entry.resource()).key())
                .with("region", entry.resource().region())
                .with("resource", entry.resource().key())
                .with("serviceType", entry.serviceType().name())
                .with("control", change.control().value())
                .with("since", entry.at().toString())
                .with("before", change.from())
                .with("after", change.to())
                .with("band", band.map(Enum::name))
                .build();
    }

    /** What the newest of the revisions of a waiver means; {@code before} is the revision before it, empty for the first. */
    public static Optional<Notice> of(Optional<Waiver> before, Waiver now) {
        return kind(before, now)
                .map(kind ->
                        Notice.of(kind, when(now), "waiver/" + now.id(), Long.toString(now.revision()), details(now)));
    }

    /** It runs out soon. */
    static Notice expiring(Waiver waiver) {
        return Notice.of(
                NoticeKind.WAIVER_EXPIRING,
                waiver.warnAt(),
                "waiver/" + waiver.id(),
                waiver.expiresAt().toString(),
                details(waiver));
    }

    /** It has run out: what it covered is open again. */
    static Notice expired(Waiver waiver) {
        return Notice.of(
                NoticeKind.WAIVER_EXPIRED,
                waiver.expiresAt(),
                "waiver/" + waiver.id(),
                waiver.expiresAt().toString(),
                details(waiver));
    }

    /** Something that it names reached a band that it was not decided for. */
    static Notice outgrown(Waiver waiver, Priority.Band reached, Instant at) {
        return Notice.of(
                NoticeKind.WAIVER_OUTGROWN,
                at,
                "waiver/" + waiver.id(),
                reached.name(),
                about(waiver).with("reached", reached.name()).build());
    }

    /** It covers again all that it names. */
    static Notice restored(Waiver waiver, Instant at) {
        return Notice.of(NoticeKind.WAIVER_RESTORED, at, "waiver/" + waiver.id(), "", details(waiver));
    }

    private static Optional<NoticeKind> kind(Optional<Waiver> before, Waiver now) {
        return switch (now.status()) {
            case REQUESTED -> Optional.of(NoticeKind.WAIVER_REQUESTED);
            case REJECTED -> Optional.of(NoticeKind.WAIVER_REJECTED);
            case REVOKED -> Optional.of(NoticeKind.WAIVER_REVOKED);
            case APPROVED -> {
                if (now.extension().isPresent()) {
                    yield Optional.of(NoticeKind.WAIVER_REQUESTED);
                }
                boolean sameExpiry = before.filter(was -> was.status() == Waiver.Status.APPROVED
                                && was.expiresAt().equals(now.expiresAt()))
                        .isPresent();
                yield Optional.of(sameExpiry ? NoticeKind.WAIVER_REJECTED : NoticeKind.WAIVER_APPROVED);
            }
        };
    }

    private static Instant when(Waiver waiver) {
        return waiver.extension()
                .map(Waiver.Extension::requestedAt)
                .or(waiver::decidedAt)
                .orElse(waiver.requestedAt());
    }

    private static Json details(Waiver waiver) {
        return about(waiver).build();
    }

    private static Json.Builder about(Waiver waiver) {
        return Json.object()
                .with("account", waiver.subject().home().map(AccountId::key))
                .with("waiver", waiver.id())
                .with("control", waiver.subject().control().value())
                .with("resource", waiver.subject().resource())
                .with("serviceType", waiver.subject().serviceType().map(ServiceType::name))
                .with("owner", waiver.owner())
                .with("status", waiver.status().name())
                .with("expiresAt", waiver.expiresAt().toString())
                .with(
                        "extensionUntil",
                        waiver.extension()
                                .map(extension -> extension.expiresAt().toString()))
                .with("band", waiver.terms().name());
    }
}
