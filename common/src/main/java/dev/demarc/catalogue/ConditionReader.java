package dev.demarc.catalogue;

import dev.demarc.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads conditions and checks that each fits the type of the setting it asks about. */
final class ConditionReader {
    private static final Condition BROKEN = new Condition.Undecided("the catalogue row is broken");

    private final Issues issues;
    private final Map<String, Setting> settings;

    ConditionReader(Issues issues, Map<String, Setting> settings) {
        this.issues = issues;
        this.settings = settings;
    }

    Condition read(Json json, String at) {
        return read(json, at, Map.of());
    }

    private Condition read(Json json, String at, Map<String, Setting> fields) {
        Map<String, Json> members = json.members();
        if (members.containsKey("all")) {
            return new Condition.All(several(members.get("all"), at + "/all", fields));
        }
        if (members.containsKey("any")) {
            return new Condition.Any(several(members.get("any"), at + "/any", fields));
        }
        if (members.containsKey("not")) {
            return new Condition.Not(read(json.at("not"), at + "/not", fields));
        }
        if (members.containsKey("undecided")) {
            return new Condition.Undecided(json.textAt("undecided", ""));
        }
        for (Condition.Quantifier quantifier : Condition.Quantifier.values()) {
            String word = quantifier.name().toLowerCase(Locale.ROOT);
            if (members.containsKey(word)) {
                return each(quantifier, word, json, at, fields);
            }
        }
        if (members.containsKey("policy")) {
            return policy(json, at, fields);
        }
        if (members.containsKey("acl")) {
            String name = json.textAt("acl", "");
            expect(name, at, fields, Set.of(Setting.Type.ACL));
            return new Condition.AclGrantsEveryone(name);
        }
        if (members.containsKey("permissions")) {
            String name = json.textAt("permissions", "");
            expect(name, at, fields, Set.of(Setting.Type.LIST));
            List<Integer> ports = new ArrayList<>();
            for (Json port : json.at("opens-port").elements()) {
                ports.add((int) Json.object().with("n", port).build().longAt("n", -1));
            }
            return new Condition.OpensPort(name, List.copyOf(ports));
        }
        if (members.containsKey("setting")) {
            return onSetting(json, at, fields);
        }
        issues.add(at, "no condition of the closed set; see docs/catalogue-format.md");
        return BROKEN;
    }

    private List<Condition> several(
            @org.jspecify.annotations.Nullable Json array, String at, Map<String, Setting> fields) {
        List<Condition> conditions = new ArrayList<>();
        List<Json> elements = array == null ? List.of() : array.elements();
        if (elements.isEmpty()) {
            issues.add(at, "needs at least one condition");
        }
        for (int i = 0; i < elements.size(); i++) {
            conditions.add(read(elements.get(i), at + "/" + i, fields));
        }
        return List.copyOf(conditions);
    }

    private Condition each(
            Condition.Quantifier quantifier, String word, Json json, String at, Map<String, Setting> fields) {
        String name = json.textAt(word, "");
        Optional<Setting> list = expect(name, at, fields, Set.of(Setting.Type.LIST));
        Map<String, Setting> inner = list.map(Setting::fields).orElse(Map.of());
        return new Condition.Each(quantifier, name, read(json.at("satisfies"), at + "/satisfies", inner));
    }

    private Condition policy(Json json, String at, Map<String, Setting> fields) {
        String name = json.textAt("policy", "");
        expect(name, at, fields, Set.of(Setting.Type.POLICY));
        for (Condition.PolicyQuestion question : Condition.PolicyQuestion.values()) {
            if (json.members().containsKey(question.word())) {
                return new Condition.Policy(name, question);
            }
        }
        issues.add(
                at,
                "a policy condition asks one of refuses-plaintext, grants-everyone, grants-administrator, limits-network");
        return BROKEN;
    }

    private Condition onSetting(Json json, String at, Map<String, Setting> fields) {
        String name = json.textAt("setting", "");
        Set<Setting.Type> scalar = Set.of(Setting.Type.BOOL, Setting.Type.INT, Setting.Type.INT64, Setting.Type.TEXT);
        Set<Setting.Type> texts = Set.of(Setting.Type.TEXT, Setting.Type.TEXTS);
        for (Map.Entry<String, Json> member : json.members().entrySet()) {
            Json value = member.getValue();
            switch (member.getKey()) {
                case "setting" -> {}
                case "is" -> {
                    expect(name, at, fields, scalar).ifPresent(setting -> fits(setting, value, at));
                    return new Condition.Is(name, value);
                }
                case "one-of" -> {
                    expect(name, at, fields, scalar)
                            .ifPresent(setting -> value.elements().forEach(one -> fits(setting, one, at)));
                    return new Condition.OneOf(name, value.elements());
                }
                case "none-of" -> {
                    expect(name, at, fields, scalar)
                            .ifPresent(setting -> value.elements().forEach(one -> fits(setting, one, at)));
                    return new Condition.NoneOf(name, value.elements());
                }
                case "at-least" -> {
                    expect(name, at, fields, Set.of(Setting.Type.INT, Setting.Type.INT64));
                    return new Condition.AtLeast(name, number(value, at));
                }
                case "at-most" -> {
                    expect(name, at, fields, Set.of(Setting.Type.INT, Setting.Type.INT64));
                    return new Condition.AtMost(name, number(value, at));
                }
                case "present" -> {
                    expect(name, at, fields, NOT_SCALAR);
                    return value == Json.JsonBoolean.FALSE ? new Condition.Empty(name) : new Condition.Present(name);
                }
                case "empty" -> {
                    expect(name, at, fields, NOT_SCALAR);
                    return value == Json.JsonBoolean.FALSE ? new Condition.Present(name) : new Condition.Empty(name);
                }
                case "starts-with" -> {
                    expect(name, at, fields, texts);
                    return new Condition.StartsWith(name, lower(strings(value, at)));
                }
                case "ends-with" -> {
                    expect(name, at, fields, texts);
                    return new Condition.EndsWith(name, lower(strings(value, at)));
                }
                case "matches" -> {
                    expect(name, at, fields, texts);
                    return matches(name, value.text().orElse(""), at);
                }
                case "includes" -> {
                    expect(name, at, fields, Set.of(Setting.Type.TEXTS));
                    return new Condition.Includes(name, value.text().orElse(""));
                }
                case "excludes" -> {
                    expect(name, at, fields, Set.of(Setting.Type.TEXTS));
                    return new Condition.Excludes(name, strings(value, at));
                }
                default -> issues.add(at, "unknown condition '" + member.getKey() + "'; see docs/catalogue-format.md");
            }
        }
        return BROKEN;
    }

    private static final Set<Setting.Type> NOT_SCALAR = Set.of(
            Setting.Type.TEXT,
            Setting.Type.TEXTS,
            Setting.Type.LIST,
            Setting.Type.OBJECT,
            Setting.Type.POLICY,
            Setting.Type.ACL);

    private Optional<Setting> expect(String name, String at, Map<String, Setting> fields, Set<Setting.Type> types) {
        Setting setting = fields.containsKey(name) ? fields.get(name) : settings.get(name);
        if (setting == null) {
            issues.add(at, "setting '" + name + "' is not declared; add it to settings (or to the list's fields)");
            return Optional.empty();
        }
        if (!types.contains(setting.type())) {
            issues.add(
                    at,
                    "setting '" + name + "' is " + word(setting.type()) + "; this condition needs "
                            + types.stream().map(ConditionReader::word).sorted().toList());
        }
        return Optional.of(setting);
    }

    private void fits(Setting setting, Json value, String at) {
        boolean fits = switch (setting.type()) {
            case BOOL -> value instanceof Json.JsonBoolean;
            case INT, INT64 -> value instanceof Json.JsonNumber;
            case TEXT, TEXTS, LIST, POLICY, ACL, OBJECT, PRESENT -> value instanceof Json.JsonText;
        };
        if (!fits) {
            issues.add(
                    at,
                    "the value compared with '" + setting.name() + "' is not " + word(setting.type())
                            + "; quote text such as \"1.2\" or \"on\"");
        }
    }

    private Condition matches(String name, String pattern, String at) {
        try {
            return new Condition.Matches(name, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            issues.add(at, "not a regular expression: " + e.getDescription());
            return BROKEN;
        }
    }

    private double number(Json value, String at) {
        if (value instanceof Json.JsonNumber number) {
            return number.asDouble();
        }
        issues.add(at, "needs a number");
        return 0;
    }

    private List<String> strings(Json value, String at) {
        List<Json> elements = value instanceof Json.JsonText ? List.of(value) : value.elements();
        List<String> strings =
                elements.stream().flatMap(one -> one.text().stream()).toList();
        if (strings.isEmpty() || strings.size() != elements.size()) {
            issues.add(at, "needs a list of texts");
        }
        return strings;
    }

    private static List<String> lower(List<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    private static String word(Setting.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
