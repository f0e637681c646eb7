package dev.demarc.record;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import java.time.Instant;

/** The one JSON form of a stored finding, used by every store. */
public final class StoredFindingJson {
    private StoredFindingJson() {}

    public static Json write(StoredFinding finding) {
        Json.Builder json = Json.object()
                .with("tenant", finding.tenant())
                .with("resource", finding.resource().key())
                .with("serviceType", finding.serviceType().name())
                .with("control", finding.control().value())
                .with("verdict", finding.verdict())
                .with("reason", finding.reason())
                .with("version", finding.version().sortable())
                .with("since", finding.since().toString())
                .with("exposed", finding.exposed());
        return LabelsJson.write(json, finding.labels()).build();
    }

    public static StoredFinding read(Json json) {
        return new StoredFinding(
                json.textAt("tenant", ""),
                ResourceId.ofKey(json.textAt("resource", "")),
                new ServiceType(json.textAt("serviceType", "")),
                new ControlId(json.textAt("control", "")),
                json.textAt("verdict", ""),
                json.textAt("reason", ""),
                Version.ofSortable(json.textAt("version", "")),
                Instant.parse(json.textAt("since", "")),
                LabelsJson.read(json),
                json.at("exposed") == Json.JsonBoolean.TRUE);
    }
}
