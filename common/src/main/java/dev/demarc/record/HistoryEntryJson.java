package dev.demarc.record;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import java.time.Instant;

/** The one JSON form of a step of a resource's history, used by every store. */
public final class HistoryEntryJson {
    private HistoryEntryJson() {}

    public static Json write(HistoryEntry entry) {
        return Json.object()
                .with("tenant", entry.tenant())
                .with("resource", entry.resource().key())
                .with("serviceType", entry.serviceType().name())
                .with("id", entry.id())
                .with("at", entry.at().toString())
                .with(
                        "changes",
                        Json.array(entry.changes().stream()
                                .map(HistoryEntryJson::change)
                                .toList()))
                .build();
    }

    private static Json change(HistoryEntry.Change change) {
        return Json.object()
                .with("control", change.control().value())
                .with("from", change.from())
                .with("to", change.to())
                .build();
    }

    public static HistoryEntry read(Json json) {
        return new HistoryEntry(
                json.textAt("tenant", ""),
                ResourceId.ofKey(json.textAt("resource", "")),
                new ServiceType(json.textAt("serviceType", "")),
                json.textAt("id", ""),
                Instant.parse(json.textAt("at", "")),
                json.at("changes").elements().stream()
                        .map(change -> new HistoryEntry.Change(
                                new ControlId(change.textAt("control", "")),
                                change.textAt("from", ""),
                                change.textAt("to", "")))
                        .toList());
    }
}
