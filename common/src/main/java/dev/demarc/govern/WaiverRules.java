package dev.demarc.govern;

import dev.demarc.govern.Ruling.Cause;
import dev.demarc.govern.Ruling.Reason;
import dev.demarc.govern.Waiver.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which moves a waiver may make: REQUESTED to APPROVED or REJECTED, APPROVED to REVOKED, and no other. An extension waits beside the
 * approved waiver and changes only its expiry. Pure: values in, values out.
 */
final class WaiverRules {
    private WaiverRules() {}

    static Waiver requested(String id, WaiverRequest request, WaiverTerms terms, String by, Instant now) {
        return new Waiver(
                id,
                request.subject(),
                request.owner(),
                request.reason(),
                request.decision().orElseThrow(),
                request.compensatingControl(),
                request.expiresAt().orElseThrow(),
                Status.REQUESTED,
                by,
                now,
                Optional.empty(),
                Optional.empty(),
                1,
                terms,
                "",
                Optional.empty());
    }

    /** Approves the request, or the extension that waits. {@code terms} are those of the priority at this moment. */
    static Ruling<Waiver> approve(Waiver waiver, String by, WaiverTerms terms, Instant now) {
        if (!waiver.isPending()) {
            return notPending(waiver);
        }
        if (waiver.hasExpiredAt(now)) {
            return expired();
        }
        WaiverTerms strict = waiver.terms().stricter(terms);
        String asked = waiver.extension().map(Waiver.Extension::requestedBy).orElse(waiver.requestedBy());
        Instant until = waiver.extension().map(Waiver.Extension::expiresAt).orElse(waiver.expiresAt());
        List<Reason> mistakes = new ArrayList<>();
        if (strict.needsSecondPerson() && by.equals(asked)) {
            mistakes.add(new Reason(
                    "decidedBy",
                    "a gap of priority " + strict + " is not approved by the one who asked",
                    "let another approver decide"));
        }
        if (strict.needsCompensatingControl() && waiver.compensatingControl().isBlank()) {
            mistakes.add(new Reason(
                    "compensatingControl",
                    "the gap is now of priority " + strict + ", which needs a compensating control",
                    "reject this one and request another that names it"));
        }
        expiry(mistakes, "expiresAt", Optional.of(until), strict, now);
        if (!mistakes.isEmpty()) {
            return Ruling.refused(Cause.RULE, mistakes);
        }
        return Ruling.done(next(waiver, until, Status.APPROVED, by, now, strict, "", Optional.empty()));
    }

    /** Rejects the request; or the extension that waits, and the waiver goes on to the expiry it has. */
    static Ruling<Waiver> reject(Waiver waiver, String by, String note, Instant now) {
        if (!waiver.isPending()) {
            return notPending(waiver);
        }
        return tooLong(note)
                .orElseGet(() -> Ruling.done(
                        waiver.status() == Status.APPROVED
                                ? with(waiver, note, Optional.empty())
                                : next(
                                        waiver,
                                        waiver.expiresAt(),
                                        Status.REJECTED,
                                        by,
                                        now,
                                        waiver.terms(),
                                        note,
                                        Optional.empty())));
    }

    static Ruling<Waiver> revoke(Waiver waiver, String by, String note, Instant now) {
        if (waiver.status() != Status.APPROVED) {
            return Ruling.refused(
                    Cause.STATE,
                    "status",
                    "only an approved waiver is revoked; this one is " + waiver.status(),
                    waiver.status() == Status.REQUESTED ? "reject it" : "nothing is left to do");
        }
        if (waiver.hasExpiredAt(now)) {
            return Ruling.refused(Cause.STATE, "expiresAt", "the waiver has expired already", "nothing is left to do");
        }
        return tooLong(note)
                .orElseGet(() -> Ruling.done(next(
                        waiver, waiver.expiresAt(), Status.REVOKED, by, now, waiver.terms(), note, Optional.empty())));
    }

    static Ruling<Waiver> extend(
            Waiver waiver, Optional<Instant> until, String reason, WaiverTerms terms, String by, Instant now) {
        if (waiver.status() != Status.APPROVED || waiver.extension().isPresent()) {
            return Ruling.refused(
                    Cause.STATE,
                    "status",
                    waiver.extension().isPresent()
                            ? "an extension waits already"
                            : "only an approved waiver is extended; this one is " + waiver.status(),
                    waiver.isPending() ? "decide on what waits first" : "request a new waiver");
        }
        if (waiver.hasExpiredAt(now)) {
            return expired();
        }
        WaiverTerms strict = waiver.terms().stricter(terms);
        List<Reason> mistakes = new ArrayList<>();
        Texts.require(mistakes, "reason", reason, "say why the gap stays accepted");
        expiry(mistakes, "expiresAt", until, strict, now);
        if (until.isPresent() && !until.get().isAfter(waiver.expiresAt())) {
            mistakes.add(new Reason(
                    "expiresAt",
                    "it is not after the present expiry, " + waiver.expiresAt(),
                    "revoke to end it sooner"));
        }
        if (!mistakes.isEmpty()) {
            return Ruling.refused(Cause.RULE, mistakes);
        }
        Waiver.Extension extension = new Waiver.Extension(until.orElseThrow(), reason, by, now);
        return Ruling.done(with(waiver, waiver.note(), Optional.of(extension)));
    }

    static void expiry(List<Reason> mistakes, String what, Optional<Instant> until, WaiverTerms terms, Instant now) {
        Instant latest = now.plus(terms.maximumLife());
        if (until.isEmpty()) {
            mistakes.add(new Reason(what, "a waiver has an expiry", "send a time not after " + latest));
        } else if (!until.get().isAfter(now)) {
            mistakes.add(new Reason(what, "it is not in the future", "send a time after " + now));
        } else if (until.get().isAfter(latest)) {
            mistakes.add(new Reason(
                    what,
                    "a gap of priority " + terms + " is accepted for at most "
                            + terms.maximumLife().toDays() + " days",
                    "send a time not after " + latest));
        }
    }

    private static <T> Ruling<T> notPending(Waiver waiver) {
        return Ruling.refused(
                Cause.STATE,
                "status",
                "the waiver is " + waiver.status() + " and nothing waits for a decision",
                waiver.status() == Status.APPROVED ? "extend or revoke it" : "request a new waiver");
    }

    private static <T> Ruling<T> expired() {
        return Ruling.refused(
                Cause.STATE, "expiresAt", "the waiver has expired", "request a new one, as a new decision");
    }

    private static Optional<Ruling<Waiver>> tooLong(String note) {
        List<Reason> mistakes = new ArrayList<>();
        Texts.limit(mistakes, "note", note);
        return mistakes.isEmpty() ? Optional.empty() : Optional.of(Ruling.refused(Cause.RULE, mistakes));
    }

    private static Waiver with(Waiver waiver, String note, Optional<Waiver.Extension> extension) {
        return next(
                waiver,
                waiver.expiresAt(),
                waiver.status(),
                waiver.decidedBy().orElseThrow(),
                waiver.decidedAt().orElseThrow(),
                waiver.terms(),
                note,
                extension);
    }

    private static Waiver next(
            Waiver waiver,
            Instant until,
            Status status,
            String decidedBy,
            Instant decidedAt,
            WaiverTerms terms,
            String note,
            Optional<Waiver.Extension> extension) {
        return new Waiver(
                waiver.id(),
                waiver.subject(),
                waiver.owner(),
                waiver.reason(),
                waiver.decision(),
                waiver.compensatingControl(),
                until,
                status,
                waiver.requestedBy(),
                waiver.requestedAt(),
                Optional.of(decidedBy),
                Optional.of(decidedAt),
                waiver.revision() + 1,
                terms,
                note,
                extension);
    }
}
