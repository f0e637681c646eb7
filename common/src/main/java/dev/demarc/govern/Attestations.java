package dev.demarc.govern;

import dev.demarc.catalogue.Catalogue;
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
import java.util.function.Predicate;

/**
 * The attestations of a tenant, kept as documents, for the rows of the catalogue that configuration cannot decide. Made once and only ever
 * revoked; a longer one is a new one. A request that breaks a rule is answered with {@link Ruling.Refused}.
 */
public final class Attestations {
    private final Documents documents;
    private final Catalogue catalogue;

    public Attestations(Documents documents, Catalogue catalogue) {
        this.documents = documents;
        this.catalogue = catalogue;
    }

    /** Attests under this id, which must not be in use. */
    public Ruling<Attestation> attest(Scope scope, String id, AttestationRequest request, Instant now) {
        List<Reason> mistakes = new ArrayList<>(request.mistakes(catalogue, now));
        Texts.id(mistakes, id);
        if (!mistakes.isEmpty()) {
            return Ruling.refused(Cause.RULE, mistakes);
        }
        return Permissions.<Attestation>refusal(scope, Permissions.APPROVERS, request.account())
                .orElseGet(() -> write(
                        scope,
                        0,
                        now,
                        new Attestation(
                                id,
                                request.serviceType(),
                                request.control(),
                                request.account(),
                                request.statement(),
                                request.evidence(),
                                scope.subject(),
                                now,
                                request.expiresAt().orElseThrow(),
                                false,
                                1)));
    }

    /** An id made from what is attested, by whom and when: the same request twice is one. */
    public static String idOf(Scope scope, AttestationRequest request, Instant now) {
        return "a-"
                + Digests.of(
                        request.serviceType(),
                        request.control(),
                        request.account(),
                        request.statement(),
                        request.evidence(),
                        scope.subject(),
                        now);
    }

    /** Takes it back, for good. Who did so is in the history. */
    public Ruling<Attestation> revoke(Scope scope, String id, long expected, Instant now) {
        Optional<Attestation> found = find(scope, id);
        if (found.isEmpty()) {
            return Ruling.refused(
                    Cause.NOT_FOUND, "id", "there is no attestation '" + id + "'", "list the attestations");
        }
        Attestation known = found.get();
        return Permissions.<Attestation>refusal(scope, Permissions.APPROVERS, known.account())
                .orElseGet(() -> {
                    if (known.revision() != expected) {
                        return Papers.stale(known.revision());
                    }
                    if (known.revoked()) {
                        return Ruling.refused(Cause.STATE, "revoked", "it is revoked already", "nothing is left to do");
                    }
                    return write(scope, expected, now, revoked(known));
                });
    }

    public Optional<Attestation> find(Scope scope, String id) {
        return documents
                .document(scope, Kind.ATTESTATION, id)
                .map(Attestations::read)
                .filter(seen(scope));
    }

    /** All attestations that the scope may see, whatever their state, in id order. */
    public List<Attestation> list(Scope scope) {
        return all(documents, scope);
    }

    static List<Attestation> all(Documents documents, Scope scope) {
        return Papers.all(documents, scope, Kind.ATTESTATION)
                .map(Attestations::read)
                .filter(seen(scope))
                .toList();
    }

    /** Every revision, the newest first; empty when there is none within the scope. */
    public List<Attestation> history(Scope scope, String id) {
        return documents.revisions(scope, Kind.ATTESTATION, id).stream()
                .map(Attestations::read)
                .filter(seen(scope))
                .toList();
    }

    private Ruling<Attestation> write(Scope scope, long expected, Instant now, Attestation attestation) {
        boolean written = documents.write(
                scope,
                new Documents.Write(
                        Kind.ATTESTATION,
                        attestation.id(),
                        expected,
                        now,
                        scope.subject(),
                        AttestationJson.write(attestation)));
        return written ? Ruling.done(attestation) : Papers.overtaken(expected);
    }

    private static Attestation revoked(Attestation known) {
        return new Attestation(
                known.id(),
                known.serviceType(),
                known.control(),
                known.account(),
                known.statement(),
                known.evidence(),
                known.attestedBy(),
                known.attestedAt(),
                known.expiresAt(),
                true,
                known.revision() + 1);
    }

    private static Predicate<Attestation> seen(Scope scope) {
        return attestation -> Permissions.sees(scope, attestation.account());
    }

    private static Attestation read(Document document) {
        return AttestationJson.read(document.body());
    }
}
