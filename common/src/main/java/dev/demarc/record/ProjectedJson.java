package dev.demarc.record;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Version;
import dev.demarc.record.Projected.Mark;
import java.time.Instant;
import java.util.TreeMap;

/** The one JSON form of a projected state, used by every store. */
public final class ProjectedJson {
    private ProjectedJson() {}

    public static Json write(Projected projected) {
        Json.Builder marks = Json.object();
        projected
                .marks()
                .forEach((control, mark) -> marks.with(
                        control.value(),
                        Json.object()
                                .with("verdict", mark.verdict())
                                .with("since", mark.since().toString())
                                .with("changed", mark.changed().sortable())
                                .build()));
        return Json.object()
                .with("tenant", projected.tenant())
                .with("observation", ObservationJson.write(projected.observation()))
                .with("marks", marks.build())
                .with("step", projected.step())
                .build();
    }

    public static Projected read(Json json) {
        TreeMap<ControlId, Mark> marks = new TreeMap<>();
        json.at("marks")
                .members()
                .forEach((control, mark) -> marks.put(
                        new ControlId(control),
                        new Mark(
                                mark.textAt("verdict", ""),
                                Instant.parse(mark.textAt("since", "")),
                                Version.ofSortable(mark.textAt("changed", "")))));
        return new Projected(
                json.textAt("tenant", ""), ObservationJson.read(json.at("observation")), marks, json.longAt("step", 1));
    }
}
