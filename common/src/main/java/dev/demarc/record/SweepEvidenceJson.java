package dev.demarc.record;

import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import java.time.Instant;

/** The one JSON form of sweep evidence, used by every store. */
public final class SweepEvidenceJson {
    private SweepEvidenceJson() {}

    public static Json write(SweepEvidence evidence) {
        return Json.object()
                .with("provider", evidence.provider().word())
                .with("account", evidence.account())
                .with("serviceType", evidence.serviceType().name())
                .with("startedAt", evidence.startedAt().toString())
                .with("finishedAt", evidence.finishedAt().toString())
                .with("state", evidence.state().name())
                .with("discovered", evidence.discovered())
                .with("evaluated", evidence.evaluated())
                .with("failed", evidence.failed())
                .with("note", evidence.note())
                .build();
    }

    public static SweepEvidence read(Json json) {
        return new SweepEvidence(
                Provider.of(json.textAt("provider", "")),
                json.textAt("account", ""),
                new ServiceType(json.textAt("serviceType", "")),
                Instant.parse(json.textAt("startedAt", "")),
                Instant.parse(json.textAt("finishedAt", "")),
                SweepEvidence.State.valueOf(json.textAt("state", "")),
                json.longAt("discovered", 0),
                json.longAt("evaluated", 0),
                json.longAt("failed", 0),
                json.textAt("note", ""));
    }
}
