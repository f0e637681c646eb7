package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Path;
import dev.demarc.catalogue.Setting;
import dev.demarc.catalogue.Walk;
import dev.demarc.json.Json;
import dev.demarc.normalise.SourceDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Damages a document in every way in which a provider's answer goes wrong, one value at a time. */
final class Mutations {
    /** One damaged document: what was done to which setting, by the name that a verdict's basis gives it. */
    record Mutation(String setting, Kind kind, String where, SourceDocument document) {}

    enum Kind {
        REMOVED,
        NULLED,
        RENAMED,
        RETYPED,
        PARENT_RETYPED
    }

    private Mutations() {}

    /** Every damage to the value of the setting in the document, as far as the value is there. */
    static List<Mutation> of(CatalogueEntry entry, Setting setting, SourceDocument document) {
        List<Mutation> mutations = new ArrayList<>();
        if (setting.companion().isEmpty()) {
            for (Damaged damaged : damage(document.main(), setting, 0)) {
                mutations.add(new Mutation(
                        damaged.basis,
                        damaged.kind,
                        damaged.where,
                        new SourceDocument(damaged.json, document.whole(), document.companions())));
            }
            return mutations;
        }
        String name = setting.companion().get();
        if (!(document.companions().get(name) instanceof SourceDocument.Companion.Read(List<Json> documents))) {
            return mutations;
        }
        int elementsBefore = 0;
        for (int i = 0; i < documents.size(); i++) {
            for (Damaged damaged : damage(documents.get(i), setting, elementsBefore)) {
                List<Json> changed = new ArrayList<>(documents);
                changed.set(i, damaged.json);
                Map<String, SourceDocument.Companion> companions = new LinkedHashMap<>(document.companions());
                companions.put(name, new SourceDocument.Companion.Read(changed));
                mutations.add(new Mutation(
                        damaged.basis,
                        damaged.kind,
                        name + "[" + i + "]>" + damaged.where,
                        new SourceDocument(document.main(), document.whole(), companions)));
            }
            elementsBefore += elements(documents.get(i), setting.path()).size();
        }
        return mutations;
    }

    private record Damaged(String basis, Kind kind, String where, Json json) {}

    private static List<Damaged> damage(Json document, Setting setting, int elementsBefore) {
        List<Damaged> damaged = new ArrayList<>();
        List<Path> paths = new ArrayList<>(concrete(document, setting.path()));
        setting.orPath().ifPresent(path -> paths.addAll(concrete(document, path)));
        paths.forEach(path -> damageAt(document, path, setting, setting.name(), damaged));
        if (setting.type() != Setting.Type.LIST) {
            return damaged;
        }
        List<Path> elements = elements(document, setting.path());
        for (int i = 0; i < elements.size(); i++) {
            String element = elements.get(i).text();
            for (Setting field : setting.fields().values()) {
                String basis = setting.name() + "[" + (elementsBefore + i) + "]." + field.name();
                Path path = like(
                        field.path(),
                        element.equals("$")
                                ? field.path().text()
                                : element + "." + field.path().text());
                concrete(document, path).forEach(one -> damageAt(document, one, field, basis, damaged));
            }
        }
        return damaged;
    }

    /** The concrete path of each element of a list, in the order in which the normaliser numbers them. */
    private static List<Path> elements(Json document, Path list) {
        List<Path> elements = new ArrayList<>();
        for (Path path : concrete(document, list)) {
            Optional<Json> value = path.isDocument() ? Optional.of(document) : value(document, path);
            if (value.isPresent() && value.get() instanceof Json.JsonArray(List<Json> several)) {
                for (int i = 0; i < several.size(); i++) {
                    elements.add(like(path, path.text() + "[" + i + "]"));
                }
            } else if (value.isPresent()) {
                elements.add(path);
            }
        }
        return elements;
    }

    private static void damageAt(Json document, Path path, Setting setting, String basis, List<Damaged> damaged) {
        Optional<Json> value = value(document, path);
        if (path.isDocument() || value.isEmpty() || !editable(document, path)) {
            return;
        }
        String where = path.text();
        damaged.add(new Damaged(basis, Kind.NULLED, where, Edits.edit(document, path, Json.JsonNull.NULL, where)));
        damaged.add(new Damaged(
                basis, Kind.RETYPED, where, Edits.edit(document, path, retyped(value.get(), setting), where)));
        if (path.steps().getLast() instanceof Path.Step.Member) {
            damaged.add(new Damaged(basis, Kind.REMOVED, where, Edits.edit(document, path, null, where)));
            Json without = Edits.edit(document, path, null, where);
            Path renamed = like(path, where + "Renamed");
            damaged.add(new Damaged(basis, Kind.RENAMED, where, Edits.edit(without, renamed, value.get(), where)));
        }
        if (path.steps().size() > 1) {
            Path parent =
                    new Path(where + "^", path.steps().subList(0, path.steps().size() - 1));
            damaged.add(
                    new Damaged(basis, Kind.PARENT_RETYPED, where, Edits.edit(document, parent, Json.of(7), where)));
        }
    }

    /** JSON held in strings cannot be edited member by member; the string itself is damaged through the setting that ends at it. */
    private static boolean editable(Json document, Path path) {
        for (int i = 1; i < path.steps().size(); i++) {
            Path prefix = new Path(path.text(), path.steps().subList(0, i));
            if (value(document, prefix).filter(Json.JsonText.class::isInstance).isPresent()) {
                return false;
            }
        }
        return true;
    }

    private static Json retyped(Json value, Setting setting) {
        return switch (value) {
            case Json.JsonText ignored -> Json.array(List.of(Json.of(true)));
            case Json.JsonNumber ignored -> Json.of(true);
            case Json.JsonBoolean bool ->
                setting.translation().coerces() ? Json.array(List.of(bool)) : Json.of(bool.toString());
            case Json.JsonArray ignored -> Json.of(7);
            case Json.JsonObject ignored -> Json.of(7);
            case Json.JsonNull ignored -> Json.of(7);
        };
    }

    private static Optional<Json> value(Json document, Path path) {
        return Walk.one(document, path) instanceof Walk.Met.Value(Json value) ? Optional.of(value) : Optional.empty();
    }

    /** The path with every [*] replaced by the index of each element that is there. */
    private static List<Path> concrete(Json document, Path path) {
        int star = path.text().indexOf("[*]");
        if (star < 0) {
            return List.of(path);
        }
        String before = path.text().substring(0, star);
        int size = value(document, like(path, before))
                .map(array -> array.elements().size())
                .orElse(0);
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Path one = like(path, before + "[" + i + "]" + path.text().substring(star + 3));
            paths.addAll(concrete(document, one));
        }
        return paths;
    }

    /** A path of the same form. */
    private static Path like(Path path, String text) {
        return path.entersBlocks() ? Path.ofBlocks(text) : Path.of(text);
    }
}
