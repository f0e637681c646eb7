package dev.demarc.evaluate;

import dev.demarc.catalogue.Condition;
import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tests conditions against the settings of one resource. Sentences name settings and what is wanted, never the values that were read. */
final class Conditions {
    private final Map<String, SettingValue> settings;

    Conditions(Map<String, SettingValue> settings) {
        this.settings = settings;
    }

    Truth test(Condition condition) {
        return switch (condition) {
            case Condition.All(List<Condition> conditions) -> Truth.all(each(conditions));
            case Condition.Any(List<Condition> conditions) -> Truth.any(each(conditions));
            case Condition.Not(Condition inner) -> test(inner).negated();
            case Condition.Undecided(String reason) -> Truth.undetermined(reason);
            case Condition.Is(String name, Json wanted) ->
                value(name, "must be " + words(wanted), value -> equal(value, wanted));
            case Condition.OneOf(String name, List<Json> wanted) ->
                value(name, "must be one of " + words(wanted), value -> anyEqual(value, wanted));
            case Condition.NoneOf(String name, List<Json> wanted) ->
                value(name, "must be none of " + words(wanted), value -> !anyEqual(value, wanted));
            case Condition.AtLeast(String name, double limit) ->
                value(name, "must be at least " + number(limit), value -> asDouble(value) >= limit);
            case Condition.AtMost(String name, double limit) ->
                value(name, "must be at most " + number(limit), value -> asDouble(value) <= limit);
            case Condition.Present(String name) -> content(name, "must be set", true);
            case Condition.Empty(String name) -> content(name, "must not be set", false);
            case Condition.StartsWith(String name, List<String> prefixes) ->
                text(name, "must start with one of " + prefixes, text -> prefixes.stream().anyMatch(lower(text)::startsWith));
            case Condition.EndsWith(String name, List<String> suffixes) ->
                text(name, "must end with one of " + suffixes, text -> suffixes.stream().anyMatch(lower(text)::endsWith));
            case Condition.Matches matches ->
                text(matches.setting(), "must match " + matches.pattern(), text -> matches.pattern().matcher(text).matches());
            case Condition.Includes(String name, String wanted) ->
                value(name, "must include " + wanted, value -> has(value, List.of(wanted)));
            case Condition.Excludes(String name, List<String> unwanted) ->
                value(name, "must include none of " + unwanted, value -> !has(value, unwanted));
            case Condition.Each each -> quantified(each);
            case Condition.Policy(String name, Condition.PolicyQuestion question) ->
                judged(name, sentence(question), value -> PolicyDocument.answers(value, question));
            case Condition.AclGrantsEveryone(String name) ->
                judged(name, "grants access to everyone", AccessControlList::grantsEveryone);
            case Condition.OpensPort(String name, List<Integer> ports) -> opensPort(name, ports);
        };
    }

    private List<Truth> each(List<Condition> conditions) {
        List<Truth> truths = new ArrayList<>(conditions.size());
        for (Condition condition : conditions) {
            truths.add(test(condition));
        }
        return truths;
    }

    private Truth value(String name, String wanted, Predicate<Json> holds) {
        return switch (settings.get(name)) {
            case SettingValue.Known(Json value, boolean byAbsence) -> Truth.of(holds.test(value), name, name + " " + wanted);
            case SettingValue.Unknown(String why) -> Truth.undetermined(why);
            case SettingValue.Elements ignored -> Truth.undetermined(name + " is a list");
            case null -> Truth.undetermined(name + " was not read");
        };
    }

    /** For questions that may stay open even when the value is there: the answer is empty when a part was not understood. */
    private Truth judged(String name, String sentence, Function<Json, Truth.Value> answer) {
        return switch (settings.get(name)) {
            case SettingValue.Known(Json value, boolean byAbsence) ->
                switch (answer.apply(value)) {
                    case HOLDS -> Truth.of(true, name, name + " " + sentence);
                    case FAILS -> Truth.of(false, name, name + " " + sentence);
                    case UNDETERMINED -> Truth.undetermined(name + " has a part that was not understood");
                };
            case SettingValue.Unknown(String why) -> Truth.undetermined(why);
            case SettingValue.Elements ignored -> Truth.undetermined(name + " is a list");
            case null -> Truth.undetermined(name + " was not read");
        };
    }

    private Truth content(String name, String wanted, boolean present) {
        return switch (settings.get(name)) {
            case SettingValue.Known(Json value, boolean byAbsence) ->
                Truth.of(hasContent(value) == present, name, name + " " + wanted);
            case SettingValue.Elements(List<Map<String, SettingValue>> elements, boolean byAbsence) ->
                Truth.of(!elements.isEmpty() == present, name, name + " " + wanted);
            case SettingValue.Unknown(String why) -> Truth.undetermined(why);
            case null -> Truth.undetermined(name + " was not read");
        };
    }

    private Truth text(String name, String wanted, Predicate<String> holds) {
        return value(name, wanted, value -> switch (value) {
            case Json.JsonText(String text) -> holds.test(text);
            case Json.JsonArray(List<Json> elements) ->
                elements.stream().allMatch(one -> one.text().map(holds::test).orElse(false));
            case Json.JsonObject ignored -> false;
            case Json.JsonNumber ignored -> false;
            case Json.JsonBoolean ignored -> false;
            case Json.JsonNull ignored -> false;
        });
    }

    private Truth quantified(Condition.Each each) {
        return switch (settings.get(each.setting())) {
            case SettingValue.Elements(List<Map<String, SettingValue>> elements, boolean byAbsence) ->
                overElements(each, elements);
            case SettingValue.Known ignored -> Truth.undetermined(each.setting() + " is no list");
            case SettingValue.Unknown(String why) -> Truth.undetermined(why);
            case null -> Truth.undetermined(each.setting() + " was not read");
        };
    }

    private Truth overElements(Condition.Each each, List<Map<String, SettingValue>> elements) {
        List<Truth> truths = new ArrayList<>(elements.size() + 1);
        for (Map<String, SettingValue> element : elements) {
            Map<String, SettingValue> scope = new HashMap<>(settings);
            scope.putAll(element);
            Truth truth = new Conditions(scope).test(each.condition());
            String sentence = "an element of " + each.setting() + ": " + truth.sentence();
            truths.add(new Truth(
                    truth.value(), truth.basis().isEmpty() ? List.of() : List.of(each.setting()), sentence));
        }
        List<String> basis = List.of(each.setting());
        return switch (each.quantifier()) {
            case EVERY -> {
                truths.add(new Truth(Truth.Value.HOLDS, basis, ""));
                yield Truth.all(truths);
            }
            case SOME -> {
                truths.add(new Truth(Truth.Value.FAILS, basis, each.setting() + " has no such element"));
                Truth any = Truth.any(truths);
                yield any.fails() ? new Truth(Truth.Value.FAILS, basis, each.setting() + " has no such element") : any;
            }
            case NONE -> {
                truths.add(new Truth(Truth.Value.FAILS, basis, ""));
                yield Truth.any(truths).negated();
            }
        };
    }

    private Truth opensPort(String name, List<Integer> ports) {
        return switch (settings.get(name)) {
            case SettingValue.Elements(List<Map<String, SettingValue>> elements, boolean byAbsence) -> {
                Truth.Value answer = SecurityGroup.opens(elements, ports);
                String sentence = name + " lets any address reach a port of " + ports;
                yield answer == Truth.Value.UNDETERMINED
                        ? Truth.undetermined(name + " has a permission that was not understood")
                        : Truth.of(answer == Truth.Value.HOLDS, name, sentence);
            }
            case SettingValue.Known ignored -> Truth.undetermined(name + " is no list");
            case SettingValue.Unknown(String why) -> Truth.undetermined(why);
            case null -> Truth.undetermined(name + " was not read");
        };
    }

    private static String sentence(Condition.PolicyQuestion question) {
        return switch (question) {
            case REFUSES_PLAINTEXT -> "must deny every request that is not encrypted in transit";
            case GRANTS_EVERYONE -> "grants access to everyone";
            case GRANTS_ADMINISTRATOR -> "grants every action on every resource";
            case LIMITS_NETWORK -> "must deny requests from networks that are not listed";
        };
    }

    private static boolean hasContent(Json value) {
        return switch (value) {
            case Json.JsonText(String text) -> !text.isBlank();
            case Json.JsonArray(List<Json> elements) -> !elements.isEmpty();
            case Json.JsonObject object -> !object.members().isEmpty();
            case Json.JsonNumber ignored -> true;
            case Json.JsonBoolean ignored -> true;
            case Json.JsonNull ignored -> false;
        };
    }

    private static boolean equal(Json value, Json wanted) {
        if (value instanceof Json.JsonText(String text) && wanted instanceof Json.JsonText(String other)) {
            return text.equalsIgnoreCase(other);
        }
        if (value instanceof Json.JsonNumber number && wanted instanceof Json.JsonNumber other) {
            return number.asDouble() == other.asDouble();
        }
        return value.equals(wanted);
    }

    private static boolean anyEqual(Json value, List<Json> wanted) {
        return wanted.stream().anyMatch(one -> equal(value, one));
    }

    private static boolean has(Json value, List<String> wanted) {
        return value.elements().stream()
                .flatMap(one -> one.text().stream())
                .anyMatch(text -> wanted.stream().anyMatch(text::equalsIgnoreCase));
    }

    private static double asDouble(Json value) {
        return value instanceof Json.JsonNumber number ? number.asDouble() : Double.NaN;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String number(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }

    private static String words(Json wanted) {
        return wanted.text().orElseGet(wanted::write);
    }

    private static String words(List<Json> wanted) {
        return wanted.stream().map(Conditions::words).collect(Collectors.joining(", "));
    }
}
