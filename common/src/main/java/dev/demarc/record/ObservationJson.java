package dev.demarc.record;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import java.util.Map;
import java.util.TreeMap;

/** The one JSON form of an observation, used by every store. */
public final class ObservationJson {
    private ObservationJson() {}

    public static Json write(Observation observation) {
        Json.Builder verdicts = Json.object();
        observation
                .verdicts()
                .forEach((control, verdict) -> verdicts.with(
                        control.value(),
                        Json.object()
                                .with("verdict", verdict.word())
                                .with("reason", verdict.reason())
                                .build()));
        Json.Builder json = Json.object()
                .with("resource", observation.resource().key())
                .with("serviceType", observation.serviceType().name())
                .with("version", observation.version().sortable())
                .with("state", observation.state().name())
                .with("catalogueRevision", observation.catalogueRevision())
                .with("verdicts", verdicts.build());
        return LabelsJson.write(json, observation.labels()).build();
    }

    public static Observation read(Json json) {
        TreeMap<ControlId, Verdict> verdicts = new TreeMap<>();
        for (Map.Entry<String, Json> entry : json.at("verdicts").members().entrySet()) {
            verdicts.put(
                    new ControlId(entry.getKey()),
                    Verdict.of(
                            entry.getValue().textAt("verdict", ""),
                            entry.getValue().textAt("reason", "")));
        }
        return new Observation(
                ResourceId.ofKey(json.textAt("resource", "")),
                new ServiceType(json.textAt("serviceType", "")),
                Version.ofSortable(json.textAt("version", "")),
                Observation.State.valueOf(json.textAt("state", "")),
                json.textAt("catalogueRevision", ""),
                LabelsJson.read(json),
                verdicts);
    }
}
