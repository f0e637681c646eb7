package dev.demarc.catalogue.oracle;

import dev.demarc.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One generated configuration: {@code {main: document, companions: {name: [documents] | "denied" | "missing"}}}. */
record World(Json json) {
    Json main() {
        return json.at("main");
    }

    /** The documents of a companion; empty when they were not read. */
    Optional<List<Json>> documents(String companion) {
        return json.at("companions").at(companion) instanceof Json.JsonArray(List<Json> documents)
                ? Optional.of(documents)
                : Optional.empty();
    }

    /** As {@link #documents}, of a companion whose ids the main document lists: fewer documents than ids are not all of them. */
    Optional<List<Json>> documentsFor(String companion, String... ids) {
        Optional<Integer> listed = listed(ids);
        if (json.at("companions").at(companion).isNull() && listed.equals(Optional.of(0))) {
            return Optional.of(List.of());
        }
        return documents(companion).filter(documents -> documents.size() >= listed.orElse(0));
    }

    private Optional<Integer> listed(String... ids) {
        if (List.of(ids).contains("*")) {
            return Reading.reach(main(), ids)
                    .filter(reached -> !reached.absent())
                    .map(reached -> reached.values().size());
        }
        return Reading.at(main(), ids).text().map(id -> id.isEmpty() ? 0 : 1);
    }

    /** A value of the only document of a companion; missing when there is no document. */
    Json one(String companion, String... names) {
        return one(documents(companion), names);
    }

    static Json one(Optional<List<Json>> documents, String... names) {
        if (documents.isEmpty() || documents.get().size() > 1) {
            return Reading.BROKEN;
        }
        return documents.get().isEmpty()
                ? Json.JsonNull.NULL
                : Reading.at(documents.get().getFirst(), names);
    }

    /** The documents themselves as a list. */
    Optional<List<Json>> all(String companion) {
        return documents(companion).flatMap(Reading::objects);
    }

    /** The elements of one array of each document, together. Empty where {@code absent} is and a document, or every one, lacks it. */
    static Optional<List<Json>> gathered(Optional<List<Json>> documents, Optional<List<Json>> absent, String... names) {
        if (documents.isEmpty() || documents.get().isEmpty()) {
            return documents.isEmpty() ? Optional.empty() : absent;
        }
        List<Json> all = new ArrayList<>();
        for (Json document : documents.get()) {
            Json array = Reading.at(document, names);
            Optional<List<Json>> some = array.isNull() ? absent : elements(array);
            if (some.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(some.get());
        }
        return Optional.of(all);
    }

    Optional<List<Json>> listed(String companion, String... names) {
        return gathered(documents(companion), Optional.empty(), names).flatMap(Reading::objects);
    }

    Optional<List<Json>> listedOrNone(String companion, String... names) {
        return gathered(documents(companion), Optional.of(List.of()), names).flatMap(Reading::objects);
    }

    private static Optional<List<Json>> elements(Json array) {
        return array != Reading.BROKEN && Reading.inside(array) instanceof Json.JsonArray(List<Json> elements)
                ? Optional.of(elements)
                : Optional.empty();
    }

    /** What a way through arrays reaches in every document. A document without the outermost array counts as {@code absent}. */
    static Optional<List<Json>> reached(
            Optional<List<Json>> documents, Optional<List<Json>> absent, boolean gaps, String... way) {
        if (documents.isEmpty() || documents.get().isEmpty()) {
            return documents.isEmpty() ? Optional.empty() : absent;
        }
        List<Json> all = new ArrayList<>();
        for (Json document : documents.get()) {
            Optional<Reading.Reached> reached = Reading.reach(document, way);
            if (reached.isEmpty()
                    || reached.get().absent() && absent.isEmpty()
                    || reached.get().gap() && !gaps) {
                return Optional.empty();
            }
            all.addAll(reached.get().values());
        }
        return Optional.of(all);
    }
}
