package dev.demarc.govern;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.time.Instant;

/** The one JSON form of an attestation, in the store and in answers. */
public final class AttestationJson {
    private AttestationJson() {}

    public static Json write(Attestation attestation) {
        return Json.object()
                .with("id", attestation.id())
                .with("serviceType", attestation.serviceType().name())
                .with("control", attestation.control().value())
                .with("account", attestation.account().map(AccountId::key))
                .with("statement", attestation.statement())
                .with("evidence", attestation.evidence())
                .with("attestedBy", attestation.attestedBy())
                .with("attestedAt", attestation.attestedAt().toString())
                .with("expiresAt", attestation.expiresAt().toString())
                .with("revoked", attestation.revoked())
                .with("revision", attestation.revision())
                .build();
    }

    public static Attestation read(Json json) {
        return new Attestation(
                json.textAt("id", ""),
                new ServiceType(json.textAt("serviceType", "")),
                new ControlId(json.textAt("control", "")),
                json.at("account").text().map(AccountId::ofKey),
                json.textAt("statement", ""),
                json.textAt("evidence", ""),
                json.textAt("attestedBy", ""),
                Instant.parse(json.textAt("attestedAt", "")),
                Instant.parse(json.textAt("expiresAt", "")),
                json.at("revoked") == Json.JsonBoolean.TRUE,
                json.longAt("revision", 0));
    }
}
