package dev.demarc.record;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import dev.demarc.record.CentralStore.StoredFinding;
import java.time.Instant;
import java.util.Optional;

/** The one JSON form of a stored finding, used by every store. */
public final class StoredFindingJson {
    private StoredFindingJson() {}

    public static Json write(StoredFinding finding) {
        Labels labels = finding.labels();
        return Json.object()
                .with("resource", finding.resource().key())
                .with("serviceType", finding.serviceType().name())
                .with("control", finding.control().value())
                .with("verdict", finding.verdict())
                .with("reason", finding.reason())
                .with("version", finding.version().sortable())
                .with("since", finding.since().toString())
                .with("sensitivity", labels.sensitivity().map(Enum::name))
                .with("criticality", labels.criticality().map(Enum::name))
                .with("owner", labels.owner())
                .build();
    }

    public static StoredFinding read(Json json) {
        return new StoredFinding(
                ResourceId.ofKey(json.textAt("resource", "")),
                new ServiceType(json.textAt("serviceType", "")),
                new ControlId(json.textAt("control", "")),
                json.textAt("verdict", ""),
                json.textAt("reason", ""),
                Version.ofSortable(json.textAt("version", "")),
                Instant.parse(json.textAt("since", "")),
                new Labels(
                        level(json, "sensitivity"),
                        level(json, "criticality"),
                        json.at("owner").text()));
    }

    private static Optional<Labels.Level> level(Json json, String name) {
        return json.at(name).text().map(Labels.Level::valueOf);
    }
}
