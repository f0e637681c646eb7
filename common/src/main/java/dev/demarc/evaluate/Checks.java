package dev.demarc.evaluate;

import dev.demarc.catalogue.Condition;
import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compiles conditions. Sentences name settings and what is wanted, never the values that were read. */
final class Checks {
    private static final int SHOWN = 6;

    private Checks() {}

    static Check compile(Condition condition) {
        return switch (condition) {
            case Condition.All(List<Condition> conditions) -> new Combined(each(conditions), Truth::all);
            case Condition.Any(List<Condition> conditions) -> new Combined(each(conditions), Truth::any);
            case Condition.Not(Condition inner) -> new Negated(compile(inner));
            case Condition.Undecided(String reason) -> constant(Truth.undetermined(reason));
            case Condition.Is(String name, Json wanted) ->
                value(name, "must be " + words(wanted), value -> equal(value, wanted));
            case Condition.OneOf(String name, List<Json> wanted) ->
                value(name, "must be one of " + words(wanted), isOneOf(wanted));
            case Condition.NoneOf(String name, List<Json> wanted) ->
                value(name, "must be none of " + words(wanted), isOneOf(wanted).negate());
            case Condition.AtLeast(String name, double limit) ->
                value(name, "must be at least " + number(limit), value -> asDouble(value) >= limit);
            case Condition.AtMost(String name, double limit) ->
                value(name, "must be at most " + number(limit), value -> asDouble(value) <= limit);
            case Condition.Present(String name) -> content(name, "must be set", true);
            case Condition.Empty(String name) -> content(name, "must not be set", false);
            case Condition.StartsWith(String name, List<String> prefixes) ->
                text(
                        name,
                        "must start with one of [" + few(prefixes) + "]",
                        text -> prefixes.stream().anyMatch(lower(text)::startsWith));
            case Condition.EndsWith(String name, List<String> suffixes) ->
                text(
                        name,
                        "must end with one of [" + few(suffixes) + "]",
                        text -> suffixes.stream().anyMatch(lower(text)::endsWith));
            case Condition.Matches matches ->
                text(
                        matches.setting(),
                        "must match " + matches.pattern(),
                        text -> matches.pattern().matcher(text).matches());
            case Condition.Includes(String name, String wanted) ->
                value(name, "must include " + wanted, value -> has(value, List.of(wanted)));
            case Condition.Excludes(String name, List<String> unwanted) ->
                value(name, "must include none of [" + few(unwanted) + "]", value -> !has(value, unwanted));
            case Condition.Each each -> new OverElements(each.quantifier(), each.setting(), compile(each.condition()));
            case Condition.Policy(String name, Condition.PolicyQuestion question) ->
                judged(name, sentence(question), value -> PolicyDocument.answers(value, question));
            case Condition.AclGrantsEveryone(String name) ->
                judged(name, "grants access to everyone", AccessControlList::grantsEveryone);
            case Condition.OpensPort(String name, List<Integer> ports) -> opensPort(name, ports);
        };
    }

    private static List<Check> each(List<Condition> conditions) {
        return conditions.stream().map(Checks::compile).toList();
    }

    private static Check constant(Truth truth) {
        return scope -> truth;
    }

    private static Check value(String name, String sentence, Predicate<Json> holds) {
        return judged(name, sentence, value -> Leaf.when(holds.test(value)));
    }

    private static Check judged(String name, String sentence, Function<Json, Truth.Value> answer) {
        return new Leaf(name, sentence) {
            @Override
            Truth.Value ofValue(Json value) {
                return answer.apply(value);
            }
        };
    }

    private static Check content(String name, String sentence, boolean present) {
        return new Leaf(name, sentence) {
            @Override
            Truth.Value ofValue(Json value) {
                return when(hasContent(value) == present);
            }

            @Override
            Truth.Value ofElements(List<Map<String, SettingValue>> elements) {
                return when(elements.isEmpty() != present);
            }
        };
    }

    private static Check opensPort(String name, List<Integer> ports) {
        return new Leaf(name, "lets any address reach a port of " + ports) {
            @Override
            Truth.Value ofElements(List<Map<String, SettingValue>> elements) {
                return SecurityGroup.opens(elements, ports);
            }
        };
    }

    private static Check text(String name, String sentence, Predicate<String> holds) {
        return value(name, sentence, value -> switch (value) {
            case Json.JsonText(String text) -> holds.test(text);
            case Json.JsonArray(List<Json> elements) ->
                elements.stream().allMatch(one -> one.text().map(holds::test).orElse(false));
            case Json.JsonObject ignored -> false;
            case Json.JsonNumber ignored -> false;
            case Json.JsonBoolean ignored -> false;
            case Json.JsonNull ignored -> false;
        });
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

    /** Text is looked up, since lists of versions are long; anything else is compared one by one. */
    private static Predicate<Json> isOneOf(List<Json> wanted) {
        Set<String> texts = wanted.stream()
                .flatMap(one -> one.text().stream())
                .map(Checks::lower)
                .collect(Collectors.toUnmodifiableSet());
        return value -> value instanceof Json.JsonText(String text)
                ? texts.contains(lower(text))
                : wanted.stream().anyMatch(one -> equal(value, one));
    }

    private static boolean has(Json value, List<String> wanted) {
        for (Json one : value.elements()) {
            for (String text : wanted) {
                if (one instanceof Json.JsonText(String element) && element.equalsIgnoreCase(text)) {
                    return true;
                }
            }
        }
        return false;
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
        return few(wanted.stream().map(Checks::words).toList());
    }

    /** The first of a long list: a reason is stored with each finding, and the catalogue has the whole list. */
    private static String few(List<String> words) {
        String first = words.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return words.size() <= SHOWN ? first : first + " and " + (words.size() - SHOWN) + " more";
    }
}
