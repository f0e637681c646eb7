package dev.demarc.record;

import dev.demarc.json.Json;
import dev.demarc.model.Labels;
import java.util.Optional;

/** Labels as members of a JSON object. */
final class LabelsJson {
    private LabelsJson() {}

    static Json.Builder write(Json.Builder json, Labels labels) {
        return json.with("sensitivity", labels.sensitivity().map(Enum::name))
                .with("criticality", labels.criticality().map(Enum::name))
                .with("owner", labels.owner())
                .with("workload", labels.workload());
    }

    static Labels read(Json json) {
        return new Labels(
                level(json, "sensitivity"),
                level(json, "criticality"),
                json.at("owner").text(),
                json.at("workload").text());
    }

    private static Optional<Labels.Level> level(Json json, String name) {
        return json.at(name).text().map(Labels.Level::valueOf);
    }
}
