package dev.demarc.register;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.TagKeys;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Writes a register in its JSON form; {@link RegisterReader} reads the same register from it. */
public final class RegisterWriter {
    private RegisterWriter() {}

    public static Json write(Register register) {
        Json.Builder json = Json.object().with("organisation", register.organisation());
        if (!register.windows().equals(Register.Windows.DEFAULT)) {
            json.with(
                    "windows",
                    Json.object()
                            .with("event-hours", register.windows().event().toHours())
                            .with("sweep-hours", register.windows().sweep().toHours())
                            .build());
        }
        if (!register.tagKeys().equals(TagKeys.DEFAULT)) {
            TagKeys keys = register.tagKeys();
            json.with(
                    "tag-keys",
                    Json.object()
                            .with("sensitivity", texts(keys.sensitivity()))
                            .with("criticality", texts(keys.criticality()))
                            .with("owner", texts(keys.owner()))
                            .with("workload", texts(keys.workload()))
                            .build());
        }
        return json.with(
                        "entries",
                        Json.array(register.entries().stream()
                                .map(RegisterWriter::entry)
                                .toList()))
                .build();
    }

    static Json entry(RegisterEntry entry) {
        Json.Builder json = Json.object()
                .with("service-type", entry.serviceType().name())
                .with("owner", entry.owner())
                .with("reviewed-by", entry.reviewedBy())
                .with("reviewed-on", entry.reviewedOn().toString())
                .with("expires-on", entry.expiresOn().toString())
                .with("approved", entry.approved())
                .with("catalogue-revision", entry.catalogueRevision());
        if (!entry.rowRevisions().isEmpty()) {
            Json.Builder rows = Json.object();
            new TreeMap<>(entry.rowRevisions()).forEach((control, revision) -> rows.with(control.value(), revision));
            json.with("row-revisions", rows.build());
        }
        if (!entry.controls().isEmpty()) {
            json.with(
                    "controls",
                    texts(entry.controls().stream()
                            .map(ControlId::value)
                            .sorted()
                            .toList()));
        }
        return json.with("sensitivity", entry.sensitivity().map(RegisterWriter::word))
                .with("criticality", entry.criticality().map(RegisterWriter::word))
                .build();
    }

    private static String word(Labels.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static Json texts(Collection<String> texts) {
        return Json.array(List.copyOf(texts).stream().map(Json::of).toList());
    }
}
