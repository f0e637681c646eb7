package dev.demarc.register;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a register from its JSON form, collecting every mistake with the JSON pointer it is at. */
public final class RegisterReader {
    /** One mistake: where, and what to do. */
    public record Mistake(String pointer, String message) {}

    private final List<Mistake> mistakes = new ArrayList<>();

    /** A register, or the mistakes that keep it from being one. */
    public record Result(Register register, List<Mistake> mistakes) {}

    public static Result read(Json json) {
        RegisterReader reader = new RegisterReader();
        return new Result(reader.register(json), List.copyOf(reader.mistakes));
    }

    private Register register(Json json) {
        List<RegisterEntry> entries = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        List<Json> elements = json.at("entries").elements();
        for (int i = 0; i < elements.size(); i++) {
            String at = "/entries/" + i;
            if (!seen.add(elements.get(i).textAt("service-type", ""))) {
                mistakes.add(new Mistake(at + "/service-type", "the service type has two entries; keep one"));
            }
            entry(elements.get(i), at).ifPresent(entries::add);
        }
        Json windows = json.at("windows");
        Register.Windows defaults = Register.Windows.DEFAULT;
        return new Register(
                entries,
                new Register.Windows(
                        Duration.ofHours(
                                windows.longAt("event-hours", defaults.event().toHours())),
                        Duration.ofHours(
                                windows.longAt("sweep-hours", defaults.sweep().toHours()))),
                tagKeys(json.at("tag-keys")));
    }

    private static TagKeys tagKeys(Json json) {
        return new TagKeys(
                texts(json.at("sensitivity"), TagKeys.DEFAULT.sensitivity()),
                texts(json.at("criticality"), TagKeys.DEFAULT.criticality()),
                texts(json.at("owner"), TagKeys.DEFAULT.owner()),
                texts(json.at("workload"), TagKeys.DEFAULT.workload()));
    }

    private static List<String> texts(Json json, List<String> fallback) {
        List<String> texts =
                json.elements().stream().flatMap(one -> one.text().stream()).toList();
        return texts.isEmpty() ? fallback : texts;
    }

    private Optional<RegisterEntry> entry(Json json, String at) {
        Optional<LocalDate> reviewed = date(json, "reviewed-on", at);
        Optional<LocalDate> expires = date(json, "expires-on", at);
        Set<ControlId> controls = new LinkedHashSet<>();
        List<Json> named = json.at("controls").elements();
        for (int i = 0; i < named.size(); i++) {
            try {
                controls.add(new ControlId(named.get(i).text().orElse("")));
            } catch (IllegalArgumentException e) {
                mistakes.add(new Mistake(at + "/controls/" + i, String.valueOf(e.getMessage())));
            }
        }
        if (json.textAt("owner", "").isBlank()) {
            mistakes.add(new Mistake(at, "the entry has no owner; name the team that answers for it"));
        }
        if (reviewed.isEmpty() || expires.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RegisterEntry(
                    new ServiceType(json.textAt("service-type", "")),
                    json.textAt("owner", ""),
                    json.textAt("reviewed-by", ""),
                    reviewed.get(),
                    expires.get(),
                    json.at("approved") == Json.JsonBoolean.TRUE,
                    json.at("catalogue-revision").text(),
                    controls,
                    level(json, "sensitivity", at),
                    level(json, "criticality", at)));
        } catch (IllegalArgumentException e) {
            mistakes.add(new Mistake(at, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Optional<LocalDate> date(Json json, String name, String at) {
        try {
            return Optional.of(LocalDate.parse(json.textAt(name, "")));
        } catch (DateTimeParseException e) {
            mistakes.add(new Mistake(at + "/" + name, name + " is no date; write YYYY-MM-DD"));
            return Optional.empty();
        }
    }

    private Optional<Labels.Level> level(Json json, String name, String at) {
        Optional<String> word = json.at(name).text();
        Optional<Labels.Level> level = word.flatMap(Labels.Level::of);
        if (word.isPresent() && level.isEmpty()) {
            mistakes.add(
                    new Mistake(at + "/" + name, name + " is not a known level; write low, medium, high or critical"));
        }
        return level;
    }
}
