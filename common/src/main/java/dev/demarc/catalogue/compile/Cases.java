package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Condition;
import dev.demarc.catalogue.ConditionSettings;
import dev.demarc.catalogue.Path;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import dev.demarc.model.Verdict;
import dev.demarc.normalise.Normaliser;
import dev.demarc.normalise.SourceDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The twin cases of a service type: each an edited copy of the base document, and the verdict it must get. */
public final class Cases {
    private static final List<String> NEEDED = List.of("COMPLIANT", "NON_COMPLIANT", "UNKNOWN");

    private final CatalogueEntry entry;
    private final YamlDocument yaml;

    public Cases(CatalogueEntry entry, YamlDocument yaml) {
        this.entry = entry;
        this.yaml = yaml;
    }

    /** One case, ready to evaluate. */
    public record Case(String control, String expect, SourceDocument document, String place) {}

    /** Every case of the file. A path that cannot be edited is thrown as {@link CatalogueMistake}. */
    public List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Map.Entry<String, Json> control : yaml.json().at("cases").members().entrySet()) {
            List<Json> elements = control.getValue().elements();
            for (int i = 0; i < elements.size(); i++) {
                String place = yaml.place("/cases/" + control.getKey() + "/" + i);
                cases.add(new Case(
                        control.getKey(),
                        elements.get(i).textAt("expect", ""),
                        document(elements.get(i), place),
                        place));
            }
        }
        return cases;
    }

    /** The resource as the provider creates it when nothing is chosen; an empty document when the file shows none. */
    SourceDocument byDefault() {
        Json byDefault = yaml.json().at("default");
        return document(byDefault, byDefault, yaml.place("/default"));
    }

    /** Missing cases, cases for rows that do not exist, and cases whose verdict is another one. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        if (!yaml.json().textAt("service-type", "").equals(entry.serviceType().name())) {
            mistakes.add(yaml.place("/service-type") + ": is not the twin's service type " + entry.serviceType());
        }
        Map<String, List<String>> expected = new LinkedHashMap<>();
        yaml.json()
                .at("cases")
                .members()
                .forEach((control, cases) -> expected.put(
                        control,
                        cases.elements().stream()
                                .map(one -> one.textAt("expect", ""))
                                .toList()));
        for (Responsibility row : entry.responsibilities()) {
            List<String> has = expected.getOrDefault(row.control().value(), List.of());
            if (row.isDecidable() && holdsAllOf(row)) {
                NEEDED.stream()
                        .filter(verdict -> !has.contains(verdict))
                        .forEach(verdict -> mistakes.add(yaml.place("/cases/" + row.control()) + ": " + row.control()
                                + " has no case that is " + verdict));
            }
        }
        try {
            all().forEach(one -> verify(one, mistakes));
            Json byDefault = yaml.json().at("default");
            if (byDefault.isObject()) {
                new ProviderDefault(entry, byDefault, yaml.place("/default")).check(byDefault(), mistakes);
            }
        } catch (CatalogueMistake e) {
            mistakes.add(String.valueOf(e.getMessage()));
        }
        return mistakes;
    }

    /** True when this form holds every setting that the row reads; in a further form a row may be left to the live one. */
    private boolean holdsAllOf(Responsibility row) {
        return !entry.form().isDeclared()
                || row.decision() instanceof Responsibility.Decision.Check(Condition condition, var notApplicable)
                        && outer(condition).stream().allMatch(entry.settings()::containsKey);
    }

    /** What the condition reads outside of list elements. */
    private static List<String> outer(Condition condition) {
        return switch (condition) {
            case Condition.All(List<Condition> several) ->
                several.stream().flatMap(one -> outer(one).stream()).toList();
            case Condition.Any(List<Condition> several) ->
                several.stream().flatMap(one -> outer(one).stream()).toList();
            case Condition.Not(Condition one) -> outer(one);
            case Condition.Each each -> List.of(each.setting());
            default -> List.copyOf(ConditionSettings.of(condition));
        };
    }

    private void verify(Case one, List<String> mistakes) {
        Responsibility row = entry.responsibilities().stream()
                .filter(candidate -> candidate.control().value().equals(one.control()))
                .findFirst()
                .orElse(null);
        if (row == null) {
            mistakes.add(one.place() + ": there is no row for " + one.control());
            return;
        }
        Map<String, SettingValue> settings = Normaliser.settings(entry, one.document());
        Verdict verdict = Evaluator.judge(row, settings);
        if (!verdict.word().equals(one.expect())) {
            mistakes.add(one.place() + ": " + one.control() + " is " + verdict.word() + " (" + verdict.reason()
                    + "), the case expects " + one.expect());
        }
    }

    private SourceDocument document(Json one, String place) {
        return document(one, yaml.json().at("base"), place);
    }

    private SourceDocument document(Json one, Json base, String place) {
        Json main = base.at("document");
        Map<String, Json> companions = new LinkedHashMap<>(base.at("companions").members());
        companions.putAll(one.at("companions").members());
        for (Map.Entry<String, Json> edit : one.at("set").members().entrySet()) {
            main = edit(main, companions, edit.getKey(), edit.getValue(), place);
        }
        for (Json path : one.at("remove").elements()) {
            main = edit(main, companions, path.text().orElse(""), null, place);
        }
        Map<String, SourceDocument.Companion> read = new LinkedHashMap<>();
        companions.forEach((name, documents) -> read.put(name, companion(name, documents)));
        return new SourceDocument(main, true, read);
    }

    private SourceDocument.Companion companion(String name, Json documents) {
        return switch (documents.text().orElse("")) {
            case "denied" ->
                new SourceDocument.Companion.Denied(
                        entry.companions().containsKey(name)
                                ? entry.companions().get(name).permission()
                                : "?");
            case "missing" -> new SourceDocument.Companion.Missing("not in the case");
            default -> new SourceDocument.Companion.Read(documents.elements());
        };
    }

    private Path path(String text) {
        return entry.form() == CatalogueEntry.Form.TERRAFORM ? Path.ofBlocks(text) : Path.of(text);
    }

    private Json edit(
            Json main,
            Map<String, Json> companions,
            String target,
            @org.jspecify.annotations.Nullable Json value,
            String place) {
        int arrow = target.indexOf('>');
        if (arrow < 0) {
            return Edits.edit(main, path(target), value, place);
        }
        String name = target.substring(0, arrow);
        int document = 0;
        if (name.endsWith("]")) {
            document = Integer.parseInt(name.substring(name.indexOf('[') + 1, name.length() - 1));
            name = name.substring(0, name.indexOf('['));
        }
        List<Json> documents = new ArrayList<>(
                companions.getOrDefault(name, Json.JsonNull.NULL).elements());
        if (document >= documents.size()) {
            throw new CatalogueMistake(place + ": companion '" + name + "' has no document " + document + " to edit");
        }
        documents.set(document, Edits.edit(documents.get(document), path(target.substring(arrow + 1)), value, place));
        companions.put(name, Json.array(documents));
        return main;
    }
}
