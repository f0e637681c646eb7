package dev.demarc.register;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a register from its JSON form, collecting every mistake with the JSON pointer it is at. Takes nothing that it does not know. */
public final class RegisterReader {
    /** Stands where a person still has to write something. */
    static final String OPEN = "TODO";

    private static final Set<String> PARTS = Set.of("organisation", "windows", "tag-keys", "entries");
    private static final Set<String> WINDOWS = Set.of("event-hours", "sweep-hours");
    private static final Set<String> TAG_KEYS = Set.of("sensitivity", "criticality", "owner", "workload");
    private static final Set<String> MEMBERS = Set.of(
            "service-type",
            "owner",
            "reviewed-by",
            "reviewed-on",
            "expires-on",
            "approved",
            "catalogue-revision",
            "row-revisions",
            "controls",
            "sensitivity",
            "criticality",
            "note");
    private static final Pattern REVISION = Pattern.compile("[0-9a-f]{12}");
    private static final int HOURS_OF_A_YEAR = 8_760;

    private final Mistakes mistakes = new Mistakes();

    /** One mistake: where, and what to do. */
    public record Mistake(String pointer, String message) {}

    /** A register, or the mistakes that keep it from being one; the register then holds what could be read. */
    public record Result(Register register, List<Mistake> mistakes) {}

    public static Result read(Json json) {
        RegisterReader reader = new RegisterReader();
        return new Result(reader.register(json), reader.mistakes.all());
    }

    private Register register(Json json) {
        mistakes.members(json, "", PARTS);
        if (json.at("entries").isNull()) {
            mistakes.add("", "the register has no entries; write 'entries' with a list, which may be empty");
        }
        List<RegisterEntry> entries = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        List<Json> elements = mistakes.elements(json.at("entries"), "/entries");
        for (int i = 0; i < elements.size(); i++) {
            String at = "/entries/" + i;
            if (!seen.add(elements.get(i).textAt("service-type", ""))) {
                mistakes.add(at + "/service-type", "the service type has two entries; keep one");
            }
            entry(elements.get(i), at).ifPresent(entries::add);
        }
        return new Register(
                entries,
                windows(json.at("windows")),
                tagKeys(json.at("tag-keys")),
                mistakes.text(json, "organisation", ""));
    }

    private Register.Windows windows(Json json) {
        mistakes.members(json, "/windows", WINDOWS);
        Register.Windows defaults = Register.Windows.DEFAULT;
        return new Register.Windows(
                hours(json, "event-hours", defaults.event()), hours(json, "sweep-hours", defaults.sweep()));
    }

    private Duration hours(Json json, String name, Duration fallback) {
        return Duration.ofHours(mistakes.number(json, name, "/windows", HOURS_OF_A_YEAR, fallback.toHours()));
    }

    private TagKeys tagKeys(Json json) {
        mistakes.members(json, "/tag-keys", TAG_KEYS);
        return new TagKeys(
                texts(json, "sensitivity", TagKeys.DEFAULT.sensitivity()),
                texts(json, "criticality", TagKeys.DEFAULT.criticality()),
                texts(json, "owner", TagKeys.DEFAULT.owner()),
                texts(json, "workload", TagKeys.DEFAULT.workload()));
    }

    private List<String> texts(Json json, String name, List<String> fallback) {
        if (json.at(name).isNull()) {
            return fallback;
        }
        String at = "/tag-keys/" + name;
        List<Json> elements = mistakes.elements(json.at(name), at);
        List<String> texts =
                elements.stream().flatMap(one -> one.text().stream()).toList();
        if (texts.size() < elements.size() || texts.isEmpty()) {
            mistakes.add(at, "expected a list with at least one tag key, each a text");
        }
        return texts.isEmpty() ? fallback : texts;
    }

    private Optional<RegisterEntry> entry(Json json, String at) {
        if (!json.isObject()) {
            mistakes.add(at, "expected an entry: an object with service-type, owner and the dates of its review");
            return Optional.empty();
        }
        mistakes.members(json, at, MEMBERS);
        String owner = mistakes.required(json, "owner", at, "name the team that answers for it");
        String reviewer = mistakes.required(json, "reviewed-by", at, "name the person who reviewed it");
        boolean approved = mistakes.flag(json, "approved", at);
        if (approved && (owner.equals(OPEN) || reviewer.equals(OPEN))) {
            mistakes.add(at, "an approved entry has an owner and a reviewer; replace " + OPEN);
        }
        mistakes.text(json, "note", at);
        Optional<LocalDate> reviewed = mistakes.date(json, "reviewed-on", at);
        Optional<LocalDate> expires = mistakes.date(json, "expires-on", at);
        Optional<String> revision = mistakes.matching(
                json,
                "catalogue-revision",
                at,
                REVISION,
                "copy the revision of the catalogue entry, 12 digits of 0-9a-f");
        Map<ControlId, String> rows = rowRevisions(json.at("row-revisions"), at + "/row-revisions");
        Set<ControlId> controls = controls(json.at("controls"), at + "/controls");
        Optional<Labels.Level> sensitivity = level(json, "sensitivity", at);
        Optional<Labels.Level> criticality = level(json, "criticality", at);
        if (reviewed.isEmpty() || expires.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RegisterEntry(
                    new ServiceType(mistakes.text(json, "service-type", at).orElse("")),
                    owner,
                    reviewer,
                    reviewed.get(),
                    expires.get(),
                    approved,
                    revision,
                    rows,
                    controls,
                    sensitivity,
                    criticality));
        } catch (IllegalArgumentException e) {
            mistakes.add(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Map<ControlId, String> rowRevisions(Json json, String at) {
        Map<ControlId, String> rows = new LinkedHashMap<>();
        if (!json.isNull() && !json.isObject()) {
            mistakes.add(at, "expected an object of controls and the revisions of their rows");
        }
        json.members()
                .keySet()
                .forEach(name -> control(name, at + "/" + name)
                        .ifPresent(control -> mistakes.matching(
                                        json,
                                        name,
                                        at,
                                        REVISION,
                                        "copy the revision of the catalogue's row, 12 digits of 0-9a-f")
                                .ifPresent(revision -> rows.put(control, revision))));
        return rows;
    }

    private Set<ControlId> controls(Json json, String at) {
        Set<ControlId> controls = new LinkedHashSet<>();
        List<Json> named = mistakes.elements(json, at);
        for (int i = 0; i < named.size(); i++) {
            control(named.get(i).text().orElse(""), at + "/" + i).ifPresent(controls::add);
        }
        return controls;
    }

    private Optional<ControlId> control(String id, String at) {
        try {
            return Optional.of(new ControlId(id));
        } catch (IllegalArgumentException e) {
            mistakes.add(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Labels.Level> level(Json json, String name, String at) {
        Optional<String> word = mistakes.text(json, name, at);
        Optional<Labels.Level> level = word.flatMap(Labels.Level::of);
        if (word.isPresent() && level.isEmpty()) {
            mistakes.add(at + "/" + name, name + " is not a known level; write low, medium, high or critical");
        }
        return level;
    }
}
