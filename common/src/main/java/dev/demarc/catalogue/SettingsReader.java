package dev.demarc.catalogue;

import dev.demarc.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the companions and settings of one source form. */
final class SettingsReader {
    private final CatalogueEntry.Form form;
    private final Set<String> sources;
    private final Issues issues;
    private final Map<String, CompanionSpec> companions = new LinkedHashMap<>();

    SettingsReader(CatalogueEntry.Form form, Set<String> sources, Issues issues) {
        this.form = form;
        this.sources = sources;
        this.issues = issues;
    }

    Map<String, CompanionSpec> companions(Json json) {
        for (Map.Entry<String, Json> member : json.members().entrySet()) {
            Json spec = member.getValue();
            String at = "/companions/" + member.getKey();
            Optional<Path> ids = spec.at("ids").text().map(text -> path(text, at));
            Optional<Path> by = spec.at("by").text().map(text -> path(text, at));
            CompanionSpec.Scope scope = CompanionSpec.Scope.valueOf(constant(spec.textAt("of", "resource")));
            if ((scope == CompanionSpec.Scope.IDS) != ids.isPresent()) {
                issues.add(at, "'ids' goes with 'of: ids', and 'of: ids' needs it");
            }
            if (form.isDeclared() && (scope == CompanionSpec.Scope.RESOURCE) != by.isPresent()) {
                issues.add(at, "'by' names the member that refers to the main resource; it goes with 'of: resource'");
            }
            companions.put(
                    member.getKey(),
                    new CompanionSpec(
                            member.getKey(), spec.textAt("type", ""), scope, ids, by, spec.textAt("permission", "")));
        }
        return companions;
    }

    /** The settings of the entry's own form. */
    Map<String, Setting> settings(Json json) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        json.members().forEach((name, spec) -> settings.put(name, own(name, spec, "/settings/" + name)));
        return settings;
    }

    /** The settings of another form: where that form holds what the entry declares. */
    Map<String, Setting> settings(Json json, Map<String, Setting> declared) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        json.members().forEach((name, spec) -> {
            String at = "/settings/" + name;
            Setting of = declared.get(name);
            if (of == null) {
                issues.add(at, "setting '" + name + "' is not declared by the service type");
            } else {
                settings.put(name, setting(name, of.type(), spec, of.fields(), at));
            }
        });
        return settings;
    }

    private Setting own(String name, Json spec, String at) {
        Setting.Type type = Setting.Type.valueOf(constant(spec.textAt("type", "text")));
        Map<String, Setting> fields = new LinkedHashMap<>();
        spec.at("fields")
                .members()
                .forEach((field, value) -> fields.put(field, own(field, value, at + "/fields/" + field)));
        return made(name, type, spec, fields, at);
    }

    private Setting setting(String name, Setting.Type type, Json spec, Map<String, Setting> declared, String at) {
        Map<String, Setting> fields = new LinkedHashMap<>();
        spec.at("fields").members().forEach((field, value) -> {
            String place = at + "/fields/" + field;
            Setting of = declared.get(field);
            if (of == null) {
                issues.add(place, "field '" + field + "' is not declared by the service type");
            } else {
                fields.put(field, setting(field, of.type(), value, of.fields(), place));
            }
        });
        return made(name, type, spec, fields, at);
    }

    private Setting made(String name, Setting.Type type, Json spec, Map<String, Setting> fields, String at) {
        Setting.Type readAs = spec.at("read-as")
                .text()
                .map(word -> Setting.Type.valueOf(constant(word)))
                .orElse(type);
        Optional<String> companion = spec.at("companion").text();
        companion
                .filter(wanted -> !companions.containsKey(wanted))
                .ifPresent(unknown -> issues.add(at, "companion '" + unknown + "' is not declared under companions"));
        if (type == Setting.Type.PRESENT) {
            issues.add(at, "'present' is for read-as only");
        }
        if (spec.at("may-be-one") == Json.JsonBoolean.TRUE && type != Setting.Type.TEXTS) {
            issues.add(at, "only texts may be one text");
        }
        if (!fields.isEmpty() && type != Setting.Type.LIST) {
            issues.add(at, "only a list has fields");
        }
        Path path = path(spec.textAt("path", ""), at);
        if (path.collects() && type != Setting.Type.TEXTS && type != Setting.Type.LIST) {
            issues.add(at, "a path with [*] collects several values; use type texts or list");
        }
        return new Setting(
                name,
                type,
                readAs,
                companion,
                path,
                spec.at("or-path").text().map(text -> path(text, at)),
                absence(type, spec.at("absent"), at),
                spec.at("elements-may-omit") == Json.JsonBoolean.TRUE,
                spec.at("may-be-one") == Json.JsonBoolean.TRUE,
                fields,
                translation(type, readAs, spec, at),
                Setting.Unknowns.of(name));
    }

    private Setting.Translation translation(Setting.Type type, Setting.Type readAs, Json spec, String at) {
        Map<String, Json> words = spec.at("words").members();
        for (Json word : words.values()) {
            if (!fits(type == Setting.Type.TEXTS ? Setting.Type.TEXT : type, word)) {
                issues.add(at + "/words", "'" + word.write() + "' is not " + constantToWord(type));
            }
        }
        if (readAs != type && words.isEmpty()) {
            issues.add(at, "'read-as' another type needs 'words' that say what each value means");
        }
        boolean coerces = form == CatalogueEntry.Form.CLOUDFORMATION;
        return words.isEmpty() && spec.at("times").isNull() && !coerces
                ? Setting.Translation.NONE
                : new Setting.Translation(words, spec.longAt("times", 1), coerces);
    }

    private Optional<Setting.Absence> absence(Setting.Type type, Json absent, String at) {
        if (!absent.isObject()) {
            return Optional.empty();
        }
        Json as = absent.at("as");
        if (!fits(type, as)) {
            issues.add(at + "/absent", "'as' does not fit the type; text, number, true/false, [] or none");
        }
        absent.at("source").text().ifPresent(source -> {
            if (!sources.contains(source)) {
                issues.add(at + "/absent", "source '" + source + "' is not declared under sources");
            }
        });
        boolean structured = type == Setting.Type.POLICY || type == Setting.Type.ACL || type == Setting.Type.OBJECT;
        return Optional.of(new Setting.Absence(
                structured ? Json.JsonNull.NULL : as, absent.textAt("because", ""), absent.textAt("source", "")));
    }

    private static boolean fits(Setting.Type type, Json value) {
        return switch (type) {
            case BOOL -> value instanceof Json.JsonBoolean;
            case INT, INT64 -> value instanceof Json.JsonNumber;
            case TEXT -> value instanceof Json.JsonText;
            case TEXTS, LIST -> value instanceof Json.JsonArray;
            case POLICY, ACL, OBJECT, PRESENT ->
                value.text().filter("none"::equals).isPresent();
        };
    }

    private Path path(String text, String at) {
        try {
            if (text.isBlank()) {
                issues.add(at, "needs a path");
            }
            return form == CatalogueEntry.Form.TERRAFORM ? Path.ofBlocks(text) : Path.of(text);
        } catch (IllegalArgumentException e) {
            issues.add(at, String.valueOf(e.getMessage()));
            return Path.of("$");
        }
    }

    private static String constant(String kebab) {
        return kebab.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String constantToWord(Setting.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
