package dev.demarc.notify;

import dev.demarc.govern.Attestation;
import dev.demarc.govern.Waiver;
import dev.demarc.govern.Waivers;
import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells of every move of a waiver, and of waivers and attestations that run out: once before, once when it happened. All of it follows from
 * the documents alone, so it does not matter who notices first.
 */
final class ClockworkDecisions {
    private static final Duration WARNING = Duration.ofDays(14);

    private ClockworkDecisions() {}

    /** Answers how many notices were written. */
    static int waivers(Documents documents, Scope scope, Instant now) {
        Waivers waivers = new Waivers(documents);
        ClockworkMarks marks = ClockworkMarks.load(documents, scope, "waiver", now);
        for (Waiver waiver : waivers.list(scope)) {
            Json seen = marks.seen(waiver.id());
            List<Notice> notices = new ArrayList<>();
            if (waiver.revision() > seen.longAt("revision", 0)) {
                notices.addAll(moves(waivers.history(scope, waiver.id()), seen.longAt("revision", 0)));
            }
            String until = waiver.expiresAt().toString();
            boolean warns = waiver.isActiveAt(now) && !now.isBefore(waiver.warnAt());
            boolean ended = waiver.hasExpiredAt(now);
            if (warns && !seen.textAt("warned", "").equals(until)) {
                notices.add(Notices.expiring(waiver));
            }
            if (ended && !seen.textAt("expired", "").equals(until)) {
                notices.add(Notices.expired(waiver));
            }
            Json next = Json.object()
                    .with("revision", waiver.revision())
                    .with(
                            "warned",
                            warns ? Optional.of(until) : seen.at("warned").text())
                    .with(
                            "expired",
                            ended ? Optional.of(until) : seen.at("expired").text())
                    .build();
            marks.tellAndMove(waiver.id(), next, notices);
        }
        return marks.written();
    }

    /** Of the revisions after the seen one; {@code history} is the newest first. */
    private static List<Notice> moves(List<Waiver> history, long seen) {
        List<Notice> notices = new ArrayList<>();
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).revision() > seen) {
                Optional<Waiver> before = i + 1 < history.size() ? Optional.of(history.get(i + 1)) : Optional.empty();
                Notices.of(before, history.get(i)).ifPresent(notices::add);
            }
        }
        return notices;
    }

    /** Answers how many notices were written. */
    static int attestations(Documents documents, Scope scope, List<Attestation> attestations, Instant now) {
        ClockworkMarks marks = ClockworkMarks.load(documents, scope, "attestation", now);
        for (Attestation attestation : attestations) {
            Json seen = marks.seen(attestation.id());
            Duration quarter = Duration.between(attestation.attestedAt(), attestation.expiresAt())
                    .dividedBy(4);
            Instant warnAt = attestation.expiresAt().minus(quarter.compareTo(WARNING) < 0 ? quarter : WARNING);
            boolean warns = attestation.isValidAt(now) && !now.isBefore(warnAt);
            boolean ended = !attestation.revoked() && !now.isBefore(attestation.expiresAt());
            List<Notice> notices = new ArrayList<>();
            if (warns && seen.at("warned").isNull()) {
                notices.add(notice(NoticeKind.ATTESTATION_EXPIRING, warnAt, attestation));
            }
            if (ended && seen.at("expired").isNull()) {
                notices.add(notice(NoticeKind.ATTESTATION_EXPIRED, attestation.expiresAt(), attestation));
            }
            Json.Builder next = Json.object();
            if (warns || !seen.at("warned").isNull()) {
                next.with("warned", true);
            }
            if (ended || !seen.at("expired").isNull()) {
                next.with("expired", true);
            }
            marks.tellAndMove(attestation.id(), next.build(), notices);
        }
        return marks.written();
    }

    private static Notice notice(NoticeKind kind, Instant at, Attestation attestation) {
        return Notice.of(
                kind,
                at,
                "attestation/" + attestation.id(),
                attestation.expiresAt().toString(),
                Json.object()
                        .with("account", attestation.account().map(AccountId::key))
                        .with("attestation", attestation.id())
                        .with("serviceType", attestation.serviceType().name())
                        .with("control", attestation.control().value())
                        .with("attestedBy", attestation.attestedBy())
                        .with("expiresAt", attestation.expiresAt().toString())
                        .build());
    }
}
