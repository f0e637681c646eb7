package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Tier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one service type of the compiled catalogue, reporting every mistake that a schema cannot see. */
public final class EntryReader {
    private final Json json;
    private final Issues issues;
    private final Map<String, CompanionSpec> companions = new LinkedHashMap<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private EntryReader(Json json, Issues issues) {
        this.json = json;
        this.issues = issues;
    }

    /** Reads the entry; when {@code issues} is not empty afterwards, the entry must not be used. */
    public static CatalogueEntry read(Json json, Issues issues) {
        return new EntryReader(json, issues).entry();
    }

    private CatalogueEntry entry() {
        readCompanions();
        readSettings();
        List<Responsibility> rows = new ArrayList<>();
        List<Json> elements = json.at("responsibilities").elements();
        for (int i = 0; i < elements.size(); i++) {
            rows.add(row(elements.get(i), "/responsibilities/" + i));
        }
        return new CatalogueEntry(
                new ServiceType(json.textAt("service-type", "?")),
                json.textAt("class", "?"),
                Provider.of(json.textAt("provider", "aws")),
                Tier.valueOf(json.textAt("tier", "PAAS")),
                json.textAt("name", "?"),
                match(),
                CatalogueEntry.Form.valueOf(constant(json.textAt("form", "arm"))),
                json.at("api-version").text(),
                companions,
                settings,
                rows,
                json.textAt("revision", ""));
    }

    private CatalogueEntry.Match match() {
        Json match = json.at("matches");
        Optional<CatalogueEntry.When> when = Optional.empty();
        Json whenJson = match.at("when");
        for (CatalogueEntry.When.Mode mode : CatalogueEntry.When.Mode.values()) {
            Optional<String> value = whenJson.at(kebab(mode.name())).text();
            if (value.isPresent()) {
                when = Optional.of(
                        new CatalogueEntry.When(path(whenJson.textAt("path", ""), "/matches/when"), mode, value.get()));
            }
        }
        if (whenJson.isObject() && when.isEmpty()) {
            issues.add("/matches/when", "needs contains, equals or absent-or-equals with a text");
        }
        return new CatalogueEntry.Match(
                match.textAt("type", "?"),
                match.at("aliases").elements().stream()
                        .flatMap(alias -> alias.text().stream())
                        .toList(),
                when);
    }

    private void readCompanions() {
        for (Map.Entry<String, Json> member : json.at("companions").members().entrySet()) {
            Json spec = member.getValue();
            String at = "/companions/" + member.getKey();
            Optional<Path> ids = spec.at("ids").text().map(text -> path(text, at));
            CompanionSpec.Scope scope = CompanionSpec.Scope.valueOf(constant(spec.textAt("of", "resource")));
            if ((scope == CompanionSpec.Scope.IDS) != ids.isPresent()) {
                issues.add(at, "'ids' goes with 'of: ids', and 'of: ids' needs it");
            }
            companions.put(
                    member.getKey(),
                    new CompanionSpec(
                            member.getKey(), spec.textAt("type", ""), scope, ids, spec.textAt("permission", "")));
        }
    }

    private void readSettings() {
        for (Map.Entry<String, Json> member : json.at("settings").members().entrySet()) {
            settings.put(member.getKey(), setting(member.getKey(), member.getValue(), "/settings/" + member.getKey()));
        }
    }

    private Setting setting(String name, Json spec, String at) {
        Setting.Type type = Setting.Type.valueOf(constant(spec.textAt("type", "text")));
        Optional<String> companion = spec.at("companion").text();
        companion
                .filter(wanted -> !companions.containsKey(wanted))
                .ifPresent(unknown -> issues.add(at, "companion '" + unknown + "' is not declared under companions"));
        Map<String, Setting> fields = new LinkedHashMap<>();
        spec.at("fields")
                .members()
                .forEach((field, value) -> fields.put(field, setting(field, value, at + "/fields/" + field)));
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
                companion,
                path,
                spec.at("or-path").text().map(text -> path(text, at)),
                absence(type, spec.at("absent"), at),
                spec.at("elements-may-omit") == Json.JsonBoolean.TRUE,
                fields,
                Setting.Unknowns.of(name));
    }

    private Optional<Setting.Absence> absence(Setting.Type type, Json absent, String at) {
        if (!absent.isObject()) {
            return Optional.empty();
        }
        Json as = absent.at("as");
        boolean none = as.text().filter("none"::equals).isPresent();
        boolean fits = switch (type) {
            case BOOL -> as instanceof Json.JsonBoolean;
            case INT, INT64 -> as instanceof Json.JsonNumber;
            case TEXT -> as instanceof Json.JsonText;
            case TEXTS, LIST -> as instanceof Json.JsonArray;
            case POLICY, ACL, OBJECT -> none;
        };
        if (!fits) {
            issues.add(at + "/absent", "'as' does not fit the type; text, number, true/false, [] or none");
        }
        absent.at("source").text().ifPresent(source -> {
            if (!json.at("sources").members().containsKey(source)) {
                issues.add(at + "/absent", "source '" + source + "' is not declared under sources");
            }
        });
        boolean structured = type == Setting.Type.POLICY || type == Setting.Type.ACL || type == Setting.Type.OBJECT;
        return Optional.of(new Setting.Absence(
                structured ? Json.JsonNull.NULL : as, absent.textAt("because", ""), absent.textAt("source", "")));
    }

    private Responsibility row(Json row, String at) {
        ConditionReader conditions = new ConditionReader(issues, settings);
        Responsibility.Owner owner = Responsibility.Owner.valueOf(constant(row.textAt("owner", "customer")));
        Responsibility.Decision decision = decision(row, at, conditions);
        boolean check = decision instanceof Responsibility.Decision.Check;
        if (owner == Responsibility.Owner.PROVIDER && check) {
            issues.add(at, "a provider-owned row has no check: no customer setting can make it fail");
        }
        if (owner != Responsibility.Owner.PROVIDER
                && row.textAt("customer-does", "").isBlank()) {
            issues.add(
                    at,
                    "control '" + row.textAt("control", "?") + "' has no customer-does; say what the customer must do");
        }
        if (check && row.textAt("remediation", "").isBlank()) {
            issues.add(at, "control '" + row.textAt("control", "?") + "' has no remediation; name the switch");
        }
        return new Responsibility(
                control(row, at),
                owner,
                ownerWhen(row, at, conditions),
                row.textAt("provider-default", ""),
                row.textAt("absence", ""),
                row.textAt("provider-does", ""),
                row.textAt("customer-does", ""),
                decision,
                row.textAt("remediation", ""),
                sources(row, at),
                row.textAt("confidence", "low"),
                row.textAt("note", ""),
                row.textAt("revision", ""));
    }

    private ControlId control(Json row, String at) {
        try {
            return new ControlId(row.textAt("control", ""));
        } catch (IllegalArgumentException e) {
            issues.add(at, String.valueOf(e.getMessage()));
            return new ControlId("XXX-00");
        }
    }

    private List<Responsibility.OwnerWhen> ownerWhen(Json row, String at, ConditionReader conditions) {
        List<Responsibility.OwnerWhen> arms = new ArrayList<>();
        List<Json> elements = row.at("owner-when").elements();
        for (int i = 0; i < elements.size(); i++) {
            Json arm = elements.get(i);
            arms.add(new Responsibility.OwnerWhen(
                    Responsibility.Owner.valueOf(constant(arm.textAt("owner", "customer"))),
                    conditions.read(arm.at("when"), at + "/owner-when/" + i),
                    arm.textAt("because", "")));
        }
        boolean conditional = "conditional".equals(row.textAt("owner", ""));
        if (conditional == arms.isEmpty()) {
            issues.add(at, "'owner: conditional' and 'owner-when' go together");
        }
        return arms;
    }

    private Responsibility.Decision decision(Json row, String at, ConditionReader conditions) {
        if (row.at("check").isObject()) {
            Optional<Responsibility.Decision.NotApplicable> notApplicable = Optional.empty();
            if (row.at("not-applicable-when").isObject()) {
                notApplicable = Optional.of(new Responsibility.Decision.NotApplicable(
                        conditions.read(row.at("not-applicable-when"), at + "/not-applicable-when"),
                        row.textAt("not-applicable-because", "not applicable to this configuration")));
            }
            return new Responsibility.Decision.Check(conditions.read(row.at("check"), at + "/check"), notApplicable);
        }
        String because = row.textAt("because", "");
        if (because.isBlank()) {
            issues.add(at, "a row without a check says 'decided-by' and 'because'");
        }
        return switch (row.textAt("decided-by", "")) {
            case "provider" -> new Responsibility.Decision.ByProvider(because);
            case "attestation" -> new Responsibility.Decision.ByAttestation(because);
            case "guest" -> new Responsibility.Decision.ByGuest(because);
            default -> {
                issues.add(at, "needs 'check', or 'decided-by: provider | attestation | guest'");
                yield new Responsibility.Decision.ByAttestation(because);
            }
        };
    }

    private List<Responsibility.Source> sources(Json row, String at) {
        List<Responsibility.Source> sources = new ArrayList<>();
        for (Json id : row.at("sources").elements()) {
            Json source = json.at("sources").at(id.text().orElse(""));
            if (source.isObject()) {
                sources.add(new Responsibility.Source(
                        id.text().orElse(""),
                        source.textAt("url", ""),
                        source.textAt("looked-at", ""),
                        source.textAt("opened", "no")));
            } else {
                issues.add(at + "/sources", "source '" + id.text().orElse("?") + "' is not declared under sources");
            }
        }
        if (sources.isEmpty()) {
            issues.add(at, "no source, no control: name at least one provider document");
        }
        return sources;
    }

    private Path path(String text, String at) {
        try {
            if (text.isBlank()) {
                issues.add(at, "needs a path");
            }
            return Path.of(text);
        } catch (IllegalArgumentException e) {
            issues.add(at, String.valueOf(e.getMessage()));
            return Path.of("$");
        }
    }

    private static String constant(String kebab) {
        return kebab.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String kebab(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
