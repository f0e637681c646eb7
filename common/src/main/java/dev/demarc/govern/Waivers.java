package dev.demarc.govern;

import dev.demarc.govern.Ruling.Cause;
import dev.demarc.govern.Ruling.Reason;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The waivers of a tenant, kept as documents: each change is a revision by the subject of the scope, and none is ever lost. A move that
 * breaks a rule is answered with {@link Ruling.Refused}. The rules: {@link WaiverTerms} by priority band, {@link WaiverRules} for the moves.
 */
public final class Waivers {
    private final Documents documents;

    public Waivers(Documents documents) {
        this.documents = documents;
    }

    /** Asks for a waiver under this id, which must not be in use. {@code terms} are those of the most urgent finding it covers. */
    public Ruling<Waiver> request(Scope scope, String id, WaiverRequest request, WaiverTerms terms, Instant now) {
        List<Reason> mistakes = new ArrayList<>(request.mistakes(terms, now));
        Texts.id(mistakes, id);
        if (!mistakes.isEmpty()) {
            return Ruling.refused(Cause.RULE, mistakes);
        }
        return Permissions.<Waiver>refusal(
                        scope, Permissions.APPROVERS, request.subject().home())
                .orElseGet(() -> write(scope, 0, now, WaiverRules.requested(id, request, terms, scope.subject(), now)));
    }

    /** An id made from what is asked for, by whom and when: the same request twice is one. */
    public static String idOf(Scope scope, WaiverRequest request, Instant now) {
        return "w-"
                + Digests.of(
                        WaiverJson.subject(request.subject()).write(),
                        request.owner(),
                        request.reason(),
                        request.decision(),
                        request.compensatingControl(),
                        request.expiresAt(),
                        scope.subject(),
                        now);
    }

    /** Approves the request, or its extension. {@code terms} are those of the priority now; the stricter of them and those at the request count. */
    public Ruling<Waiver> approve(Scope scope, String id, long expected, WaiverTerms terms, Instant now) {
        return change(scope, id, expected, now, one -> WaiverRules.approve(one, scope.subject(), terms, now));
    }

    public Ruling<Waiver> reject(Scope scope, String id, long expected, String note, Instant now) {
        return change(scope, id, expected, now, one -> WaiverRules.reject(one, scope.subject(), note, now));
    }

    public Ruling<Waiver> revoke(Scope scope, String id, long expected, String note, Instant now) {
        return change(scope, id, expected, now, one -> WaiverRules.revoke(one, scope.subject(), note, now));
    }

    /** Asks for a later expiry; the waiver goes on as it is until {@link #approve} or {@link #reject} decides. */
    public Ruling<Waiver> extend(
            Scope scope,
            String id,
            long expected,
            Optional<Instant> until,
            String reason,
            WaiverTerms terms,
            Instant now) {
        return change(
                scope, id, expected, now, one -> WaiverRules.extend(one, until, reason, terms, scope.subject(), now));
    }

    public Optional<Waiver> find(Scope scope, String id) {
        return documents.document(scope, Kind.WAIVER, id).map(Waivers::read).filter(seen(scope));
    }

    /** All waivers that the scope may see, whatever their state, in id order. */
    public List<Waiver> list(Scope scope) {
        return Papers.all(documents, scope, Kind.WAIVER)
                .map(Waivers::read)
                .filter(seen(scope))
                .toList();
    }

    /** Every revision, the newest first; empty when there is no such waiver within the scope. */
    public List<Waiver> history(Scope scope, String id) {
        return documents.revisions(scope, Kind.WAIVER, id).stream()
                .map(Waivers::read)
                .filter(seen(scope))
                .toList();
    }

    private Ruling<Waiver> change(
            Scope scope, String id, long expected, Instant now, Function<Waiver, Ruling<Waiver>> move) {
        Optional<Waiver> found = find(scope, id);
        if (found.isEmpty()) {
            return Ruling.refused(Cause.NOT_FOUND, "id", "there is no waiver '" + id + "'", "list the waivers");
        }
        Waiver waiver = found.get();
        Optional<Ruling<Waiver>> refusal = Permissions.refusal(
                scope, Permissions.APPROVERS, waiver.subject().home());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (waiver.revision() != expected) {
            return Papers.stale(waiver.revision());
        }
        return switch (move.apply(waiver)) {
            case Ruling.Done<Waiver>(Waiver moved) -> write(scope, expected, now, moved);
            case Ruling.Refused<Waiver> refused -> refused;
        };
    }

    private Ruling<Waiver> write(Scope scope, long expected, Instant now, Waiver waiver) {
        boolean written = documents.write(
                scope,
                new Documents.Write(
                        Kind.WAIVER, waiver.id(), expected, now, scope.subject(), WaiverJson.write(waiver)));
        return written ? Ruling.done(waiver) : Papers.overtaken(expected);
    }

    private static Predicate<Waiver> seen(Scope scope) {
        return waiver -> Permissions.sees(scope, waiver.subject().home());
    }

    private static Waiver read(Document document) {
        return WaiverJson.read(document.body());
    }
}
