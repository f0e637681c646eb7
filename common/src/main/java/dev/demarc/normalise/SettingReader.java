package dev.demarc.normalise;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.CompanionSpec;
import dev.demarc.catalogue.Path;
import dev.demarc.catalogue.Setting;
import dev.demarc.catalogue.Walk;
import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import dev.demarc.model.SettingValue.Elements;
import dev.demarc.model.SettingValue.Known;
import dev.demarc.model.SettingValue.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the settings of one document and its companions. */
final class SettingReader {
    private final CatalogueEntry entry;
    private final SourceDocument document;

    SettingReader(CatalogueEntry entry, SourceDocument document) {
        this.entry = entry;
        this.document = document;
    }

    SettingValue read(Setting setting) {
        return setting.companion().isEmpty()
                ? fromDocuments(setting, List.of(document.main()), document.whole())
                : fromCompanion(setting, setting.companion().get());
    }

    private SettingValue fromCompanion(Setting setting, String name) {
        SourceDocument.Companion companion = document.companions().get(name);
        if (companion == null) {
            return listsNoIds(name)
                    ? fromDocuments(setting, List.of(), document.whole())
                    : new Unknown("companion " + name + " was not read");
        }
        return switch (companion) {
            case SourceDocument.Companion.Denied(String permission) ->
                new Unknown("companion " + name + " could not be read: permission " + permission + " is denied");
            case SourceDocument.Companion.Missing(String because) ->
                new Unknown("companion " + name + " is missing: " + because);
            case SourceDocument.Companion.Read(List<Json> documents) -> {
                int wanted = ids(name).orElse(0);
                yield documents.size() < wanted
                        ? new Unknown("companion " + name + " is missing: " + documents.size() + " of " + wanted
                                + " could be read")
                        : fromDocuments(setting, documents, document.whole());
            }
        };
    }

    /** True when the companions are found by id and the document positively lists none. */
    private boolean listsNoIds(String name) {
        return ids(name).map(count -> count == 0).orElse(false);
    }

    private Optional<Integer> ids(String name) {
        CompanionSpec spec = entry.companions().get(name);
        if (spec == null || spec.ids().isEmpty()) {
            return Optional.empty();
        }
        Path path = spec.ids().get();
        if (path.collects()) {
            Walk.Collected ids = Walk.all(document.main(), path);
            return ids.found() && !ids.wrongType() ? Optional.of(ids.values().size()) : Optional.empty();
        }
        return switch (Walk.one(document.main(), path)) {
            case Walk.Met.Value(Json.JsonArray(List<Json> elements)) -> Optional.of(elements.size());
            case Walk.Met.Value(Json.JsonText(String id)) -> Optional.of(id.isEmpty() ? 0 : 1);
            case Walk.Met.Value ignored -> Optional.empty();
            case Walk.Met.Nothing ignored -> Optional.empty();
            case Walk.Met.WrongType ignored -> Optional.empty();
        };
    }

    private static SettingValue fromDocuments(Setting setting, List<Json> documents, boolean whole) {
        if (setting.type() == Setting.Type.LIST && setting.path().isDocument()) {
            return elements(setting, documents, false, whole);
        }
        if (documents.isEmpty()) {
            return absent(setting, whole);
        }
        if (setting.type() == Setting.Type.LIST || setting.type() == Setting.Type.TEXTS) {
            return several(setting, documents, whole);
        }
        if (documents.size() > 1) {
            return new Unknown(setting.name() + " stands in " + documents.size() + " documents; one was expected");
        }
        return scalar(setting, documents.getFirst(), whole);
    }

    private static SettingValue scalar(Setting setting, Json document, boolean whole) {
        Walk.Met met = Walk.one(document, setting.path());
        if (met instanceof Walk.Met.Nothing && setting.orPath().isPresent()) {
            met = Walk.one(document, setting.orPath().get());
        }
        if (setting.path().entersBlocks()) {
            met = Walk.unblocked(met);
        }
        if (setting.readAs() == Setting.Type.PRESENT && met instanceof Walk.Met.Value(Json value) && isEmpty(value)) {
            met = new Walk.Met.Nothing();
        }
        return switch (met) {
            case Walk.Met.Value(Json value) -> Types.typed(setting, value);
            case Walk.Met.Nothing ignored -> absent(setting, whole);
            case Walk.Met.WrongType ignored -> wrongType(setting);
        };
    }

    private static boolean isEmpty(Json value) {
        return switch (value) {
            case Json.JsonText(String text) -> text.isBlank();
            case Json.JsonArray(List<Json> elements) -> elements.isEmpty();
            case Json.JsonObject object -> object.members().isEmpty();
            case Json.JsonNumber ignored -> false;
            case Json.JsonBoolean ignored -> false;
            case Json.JsonNull ignored -> true;
        };
    }

    private static SettingValue several(Setting setting, List<Json> documents, boolean whole) {
        List<Json> collected = new ArrayList<>();
        boolean byAbsence = false;
        for (Json document : documents) {
            Path path = setting.path();
            Walk.Collected found = collect(setting, document, path);
            if (!found.found() && setting.orPath().isPresent()) {
                found = collect(setting, document, setting.orPath().get());
            }
            if (found.wrongType()) {
                return wrongType(setting);
            }
            if (!found.found()) {
                if (absent(setting, whole) instanceof Unknown unknown) {
                    return unknown;
                }
                byAbsence = true;
                setting.absence()
                        .ifPresent(absence -> collected.addAll(absence.as().elements()));
            }
            if (found.someMissing() && !setting.elementsMayOmit()) {
                return new Unknown(setting.name() + " is missing from some elements");
            }
            collected.addAll(found.values());
        }
        return setting.type() == Setting.Type.LIST
                ? elements(setting, collected, byAbsence, whole)
                : Types.texts(setting, collected, byAbsence);
    }

    /** A path without {@code [*]} leads to the array itself. */
    private static Walk.Collected collect(Setting setting, Json document, Path path) {
        if (path.collects()) {
            Walk.Collected found = Walk.all(document, path);
            // Where a text belongs an array is of the wrong type, unless the setting says that several may stand there.
            boolean nested = (setting.type() == Setting.Type.LIST || setting.mayBeOne() || path.entersBlocks())
                    && !found.values().isEmpty()
                    && found.values().stream()
                            .allMatch(value -> value instanceof Json.JsonArray
                                    || (setting.mayBeOne() && value instanceof Json.JsonText));
            return nested
                    ? new Walk.Collected(
                            found.values().stream()
                                    .flatMap(value -> value instanceof Json.JsonText
                                            ? Stream.of(value)
                                            : value.elements().stream())
                                    .toList(),
                            found.found(),
                            found.someMissing(),
                            found.wrongType())
                    : found;
        }
        return switch (Walk.one(document, path)) {
            case Walk.Met.Value(Json.JsonArray(List<Json> elements)) ->
                new Walk.Collected(elements, true, false, false);
            case Walk.Met.Value(Json.JsonText text)
            when setting.mayBeOne() && Types.arrayInText(text.value()).wrongType() ->
                new Walk.Collected(List.of(text), true, false, false);
            case Walk.Met.Value(Json.JsonText(String text)) -> Types.arrayInText(text);
            case Walk.Met.Value ignored -> new Walk.Collected(List.of(), true, false, true);
            case Walk.Met.Nothing ignored -> new Walk.Collected(List.of(), false, false, false);
            case Walk.Met.WrongType ignored -> new Walk.Collected(List.of(), true, false, true);
        };
    }

    private static SettingValue elements(Setting setting, List<Json> values, boolean byAbsence, boolean whole) {
        List<Map<String, SettingValue>> elements = new ArrayList<>(values.size());
        for (Json value : values) {
            if (!value.isObject()) {
                return wrongType(setting);
            }
            Map<String, SettingValue> fields =
                    HashMap.newHashMap(setting.fields().size() + 1);
            for (Setting field : setting.fields().values()) {
                fields.put(field.name(), fromDocuments(field, List.of(value), whole));
            }
            fields.put("$", new Known(value, false));
            elements.add(fields);
        }
        return new Elements(elements, byAbsence);
    }

    private static SettingValue absent(Setting setting, boolean whole) {
        if (setting.absence().isEmpty()) {
            return setting.missing();
        }
        if (!whole) {
            return new Unknown(setting.name() + " is missing, and the document was not read whole");
        }
        Json as = setting.absence().get().as();
        return setting.type() == Setting.Type.LIST ? new Elements(List.of(), true) : new Known(as, true);
    }

    static Unknown wrongType(Setting setting) {
        return setting.wrongType();
    }
}
