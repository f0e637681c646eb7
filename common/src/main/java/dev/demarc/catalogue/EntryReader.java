package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one service type of the compiled catalogue, reporting every mistake that a schema cannot see. */
public final class EntryReader {
    private final Json json;
    private final Issues issues;
    private Map<String, Setting> settings = Map.of();

    private EntryReader(Json json, Issues issues) {
        this.json = json;
        this.issues = issues;
    }

    /** Reads the entry; when {@code issues} is not empty afterwards, the entry must not be used. */
    public static CatalogueEntry read(Json json, Issues issues) {
        return new EntryReader(json, issues).entry();
    }

    private CatalogueEntry entry() {
        CatalogueEntry.Form form = CatalogueEntry.Form.valueOf(constant(json.textAt("form", "arm")));
        SettingsReader reader =
                new SettingsReader(form, json.at("sources").members().keySet(), issues);
        Map<String, CompanionSpec> companions = reader.companions(json.at("companions"));
        settings = reader.settings(json.at("settings"));
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
                match(form),
                form,
                json.at("api-version").text(),
                companions,
                settings,
                rows,
                notMeaningful(),
                json.textAt("revision", ""));
    }

    private CatalogueEntry.Match match(CatalogueEntry.Form form) {
        Json match = json.at("matches");
        return new CatalogueEntry.Match(
                match.textAt("type", "?"),
                match.at("aliases").elements().stream()
                        .flatMap(alias -> alias.text().stream())
                        .toList(),
                WhenReader.read(match.at("when"), "/matches/when", form, issues));
    }

    private List<CatalogueEntry.NotMeaningful> notMeaningful() {
        List<CatalogueEntry.NotMeaningful> controls = new ArrayList<>();
        List<Json> elements = json.at("not-meaningful").elements();
        for (int i = 0; i < elements.size(); i++) {
            controls.add(new CatalogueEntry.NotMeaningful(
                    control(elements.get(i), "/not-meaningful/" + i),
                    elements.get(i).textAt("because", "")));
        }
        return controls;
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

    private static String constant(String kebab) {
        return kebab.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
