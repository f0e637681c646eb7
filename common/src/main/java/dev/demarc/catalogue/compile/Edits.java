package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.Path;
import dev.demarc.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Edits one value of a document, copying what is on the way. Members that do not exist are made. */
final class Edits {
    private Edits() {}

    /** Sets the value at the path, or removes it when the value is null. */
    static Json edit(Json document, Path path, @Nullable Json value, String place) {
        return edit(document, path.steps(), value, place);
    }

    private static Json edit(Json at, List<Path.Step> steps, @Nullable Json value, String place) {
        Path.Step step = steps.getFirst();
        List<Path.Step> rest = steps.subList(1, steps.size());
        return switch (step) {
            case Path.Step.Member(String name, boolean block)
            when block && at.elements().size() == 1 ->
                Json.array(List.of(member(at.elements().getFirst(), name, rest, value, place)));
            case Path.Step.Member(String name, boolean block) -> member(at, name, rest, value, place);
            case Path.Step.Element(int index) -> element(at, index, rest, value, place);
            case Path.Step.Every ignored -> throw new CatalogueMistake(place + ": name one element, [0], not [*]");
        };
    }

    private static Json member(Json at, String name, List<Path.Step> rest, @Nullable Json value, String place) {
        Map<String, Json> members = new LinkedHashMap<>(at.members());
        if (!rest.isEmpty()) {
            Json inner = at.at(name).isNull() ? Json.object().build() : at.at(name);
            members.put(name, edit(inner, rest, value, place));
        } else if (value == null) {
            if (members.remove(name) == null) {
                throw new CatalogueMistake(place + ": there is no '" + name + "' to remove");
            }
        } else {
            members.put(name, value);
        }
        return new Json.JsonObject(members);
    }

    private static Json element(Json at, int index, List<Path.Step> rest, @Nullable Json value, String place) {
        List<Json> elements = new ArrayList<>(at.elements());
        if (index > elements.size() || (index == elements.size() && value == null)) {
            throw new CatalogueMistake(place + ": there is no element " + index);
        }
        Json old = index < elements.size() ? elements.get(index) : Json.object().build();
        if (rest.isEmpty() && value == null) {
            elements.remove(index);
            return new Json.JsonArray(elements);
        }
        Json changed = rest.isEmpty() && value != null ? value : edit(old, rest, value, place);
        if (index == elements.size()) {
            elements.add(changed);
        } else {
            elements.set(index, changed);
        }
        return new Json.JsonArray(elements);
    }
}
