package dev.demarc.govern;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.Optional;

/** The one JSON form of a waiver, in the store and in answers. */
public final class WaiverJson {
    private WaiverJson() {}

    public static Json write(Waiver waiver) {
        return Json.object()
                .with("id", waiver.id())
                .with("subject", subject(waiver.subject()))
                .with("owner", waiver.owner())
                .with("reason", waiver.reason())
                .with("decision", waiver.decision().name())
                .with("compensatingControl", waiver.compensatingControl())
                .with("expiresAt", waiver.expiresAt().toString())
                .with("status", waiver.status().name())
                .with("requestedBy", waiver.requestedBy())
                .with("requestedAt", waiver.requestedAt().toString())
                .with("decidedBy", waiver.decidedBy())
                .with("decidedAt", waiver.decidedAt().map(Instant::toString))
                .with("revision", waiver.revision())
                .with("band", waiver.terms().name())
                .with("note", waiver.note())
                .withPresent("extension", waiver.extension().map(WaiverJson::extension))
                .build();
    }

    public static Waiver read(Json json) {
        return new Waiver(
                json.textAt("id", ""),
                readSubject(json.at("subject")),
                json.textAt("owner", ""),
                json.textAt("reason", ""),
                Waiver.Decision.valueOf(json.textAt("decision", "")),
                json.textAt("compensatingControl", ""),
                Instant.parse(json.textAt("expiresAt", "")),
                Waiver.Status.valueOf(json.textAt("status", "")),
                json.textAt("requestedBy", ""),
                Instant.parse(json.textAt("requestedAt", "")),
                json.at("decidedBy").text(),
                json.at("decidedAt").text().map(Instant::parse),
                json.longAt("revision", 0),
                WaiverTerms.valueOf(json.textAt("band", WaiverTerms.CRITICAL.name())),
                json.textAt("note", ""),
                Optional.of(json.at("extension")).filter(Json::isObject).map(WaiverJson::readExtension));
    }

    static Json subject(Waiver.Subject subject) {
        return Json.object()
                .with("control", subject.control().value())
                .with("resource", subject.resource())
                .with("account", subject.account().map(AccountId::key))
                .with("serviceType", subject.serviceType().map(ServiceType::name))
                .build();
    }

    private static Waiver.Subject readSubject(Json json) {
        return new Waiver.Subject(
                new ControlId(json.textAt("control", "")),
                json.at("resource").text(),
                json.at("account").text().map(AccountId::ofKey),
                json.at("serviceType").text().map(ServiceType::new));
    }

    private static Json extension(Waiver.Extension extension) {
        return Json.object()
                .with("expiresAt", extension.expiresAt().toString())
                .with("reason", extension.reason())
                .with("requestedBy", extension.requestedBy())
                .with("requestedAt", extension.requestedAt().toString())
                .build();
    }

    private static Waiver.Extension readExtension(Json json) {
        return new Waiver.Extension(
                Instant.parse(json.textAt("expiresAt", "")),
                json.textAt("reason", ""),
                json.textAt("requestedBy", ""),
                Instant.parse(json.textAt("requestedAt", "")));
    }
}
