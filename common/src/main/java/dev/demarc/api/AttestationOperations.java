package dev.demarc.api;

import dev.demarc.govern.Attestation;
import dev.demarc.govern.AttestationJson;
import dev.demarc.govern.AttestationRequest;
import dev.demarc.govern.Attestations;
import dev.demarc.json.Json;
import dev.demarc.model.ServiceType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Attestations: made, read, taken back. */
final class AttestationOperations {
    private static final int TEXT = 2000;

    private final Attestations attestations;
    private final Listing listing;

    AttestationOperations(Attestations attestations, Listing listing) {
        this.attestations = attestations;
        this.listing = listing;
    }

    List<Operation> all() {
        return List.of(
                Operation.read(
                        "listAttestations",
                        "/v1/attestations",
                        Operation.EVERYONE,
                        List.of(Listing.SIZE, Listing.TOKEN),
                        this::list),
                Operation.change("attest", "POST", "/v1/attestations", Operation.APPROVERS, this::attest),
                Operation.read("readAttestation", "/v1/attestations/{id}", Operation.EVERYONE, List.of(), this::one),
                Operation.read(
                        "readAttestationHistory",
                        "/v1/attestations/{id}/history",
                        Operation.EVERYONE,
                        List.of(),
                        this::history),
                Operation.change(
                        "revokeAttestation",
                        "POST",
                        "/v1/attestations/{id}/revoke",
                        Operation.APPROVERS,
                        this::revoke));
    }

    private ApiResponse list(Call call) {
        String after = listing.position(call).orElse("");
        List<Attestation> page = attestations.list(call.scope()).stream()
                .filter(one -> one.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(Attestation::id))
                .limit(Listing.size(call) + 1L)
                .toList();
        return listing.page(call, "attestations", page, AttestationJson::write, Attestation::id);
    }

    private ApiResponse one(Call call) {
        return tagged(call, 200, find(call));
    }

    private ApiResponse history(Call call) {
        List<Attestation> revisions = attestations.history(call.scope(), call.id());
        if (revisions.isEmpty()) {
            throw Refusal.notFound();
        }
        return ApiResponse.json(Json.object()
                .with(
                        "revisions",
                        Json.array(
                                revisions.stream().map(AttestationJson::write).toList()))
                .build());
    }

    private ApiResponse attest(Call call) {
        BodyReader body = new BodyReader(call.body());
        AttestationRequest request = new AttestationRequest(
                new ServiceType(body.text("serviceType", TEXT)),
                body.control("control"),
                body.account("account"),
                body.text("statement", TEXT),
                body.text("evidence", TEXT),
                Optional.of(body.time("expiresAt")));
        body.finish();
        String id = Idempotency.id(call)
                .map(key -> "a-" + key)
                .orElseGet(() -> Attestations.idOf(call.scope(), request, call.now()));
        Attestation made = Idempotency.made(
                call,
                () -> attestations.find(call.scope(), id),
                Attestation::attestedAt,
                () -> Rulings.made(attestations.attest(call.scope(), id, request, call.now())));
        return tagged(call, 201, made).with("location", "/v1/attestations/" + id);
    }

    private ApiResponse revoke(Call call) {
        Attestation known = find(call);
        Conditions.decision(call, tag(call, known));
        call.noBody();
        return tagged(
                call, 200, Rulings.value(attestations.revoke(call.scope(), known.id(), known.revision(), call.now())));
    }

    private Attestation find(Call call) {
        return attestations.find(call.scope(), call.id()).orElseThrow(Refusal::notFound);
    }

    private static String tag(Call call, Attestation one) {
        return EntityTags.of(call.scope(), "attestation", one.id(), one.revision());
    }

    private static ApiResponse tagged(Call call, int status, Attestation one) {
        return ApiResponse.json(status, AttestationJson.write(one)).with("etag", tag(call, one));
    }
}
