package dev.demarc.evaluate;

import dev.demarc.catalogue.Condition;
import dev.demarc.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Questions about an IAM policy document. {@link Json.JsonNull} is "there is no policy". */
final class PolicyDocument {
    // Keys that tie a grant for everyone to a known account, organisation, resource or network; a condition on anything
    // else does not narrow.
    private static final Set<String> NARROWING = Set.of(
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:principalaccount",
            "aws:principalarn",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:sourceorgid",
            "aws:sourceorgpaths",
            "aws:sourceowner",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceip",
            "aws:vpcsourceip",
            "aws:userid",
            "aws:username",
            "kms:calleraccount",
            "s3:dataaccesspointaccount",
            "lambda:eventsourcetoken");
    private static final Set<String> NETWORK =
            Set.of("aws:sourcevpc", "aws:sourcevpce", "aws:sourceip", "aws:vpcsourceip");

    private PolicyDocument() {}

    /** Undetermined when a statement has a form that this code does not know. */
    static Truth.Value answers(Json policy, Condition.PolicyQuestion question) {
        List<Json> statements = listed(member(policy, "Statement"));
        if (any(statements, statement -> !isUnderstood(statement))) {
            return Truth.Value.UNDETERMINED;
        }
        return holds(statements, question) ? Truth.Value.HOLDS : Truth.Value.FAILS;
    }

    private static boolean isUnderstood(Json statement) {
        Json principal = member(statement, "Principal");
        boolean knownPrincipal = principal.isNull() || principal.isObject() || principal instanceof Json.JsonText;
        Json condition = member(statement, "Condition");
        boolean knownCondition = condition.isNull()
                || (condition.isObject()
                        && condition.members().values().stream().allMatch(Json::isObject));
        return statement.isObject()
                && (effect(statement, "allow") || effect(statement, "deny"))
                && knownPrincipal
                && knownCondition;
    }

    private static boolean holds(List<Json> statements, Condition.PolicyQuestion question) {
        return switch (question) {
            case GRANTS_EVERYONE -> any(statements, PolicyDocument::grantsEveryone);
            case GRANTS_ADMINISTRATOR -> any(statements, PolicyDocument::grantsAdministrator);
            case REFUSES_PLAINTEXT -> refusesPlaintext(statements);
            case LIMITS_NETWORK -> any(statements, PolicyDocument::limitsNetwork);
        };
    }

    /** A loop, not a stream: this runs for every policy of an estate. */
    private static boolean any(List<Json> statements, Predicate<Json> question) {
        for (Json statement : statements) {
            if (question.test(statement)) {
                return true;
            }
        }
        return false;
    }

    private static boolean grantsEveryone(Json statement) {
        boolean allows = !effect(statement, "deny");
        boolean open = isEveryone(member(statement, "Principal"))
                || !member(statement, "NotPrincipal").isNull();
        return allows && open && !isNarrowed(member(statement, "Condition"));
    }

    private static boolean grantsAdministrator(Json statement) {
        boolean every = texts(member(statement, "Action")).stream()
                        .anyMatch(action -> action.equals("*") || action.equals("*:*"))
                || !member(statement, "NotAction").isNull();
        return !effect(statement, "deny")
                && every
                && texts(member(statement, "Resource")).contains("*");
    }

    /** A Deny whose only condition is a request without TLS, on every action; the bucket and its objects are both covered, in one statement or several. */
    private static boolean refusesPlaintext(List<Json> statements) {
        boolean bucket = false;
        boolean objects = false;
        for (Json statement : statements) {
            if (effect(statement, "deny")
                    && isEveryone(member(statement, "Principal"))
                    && texts(member(statement, "Action")).stream()
                            .anyMatch(action -> action.equals("*") || action.equalsIgnoreCase("s3:*"))
                    && isWithoutTls(member(statement, "Condition"))) {
                for (String resource : texts(member(statement, "Resource"))) {
                    objects |= resource.endsWith("/*") || resource.equals("*");
                    bucket |= !resource.contains("/") || resource.equals("*");
                    // arn:aws:s3:::name* covers both
                    objects |= resource.endsWith("*") && !resource.contains("/");
                }
            }
        }
        return bucket && objects;
    }

    private static boolean isWithoutTls(Json condition) {
        Map<String, Json> operators = condition.members();
        if (operators.size() != 1) {
            return false;
        }
        Map.Entry<String, Json> operator = operators.entrySet().iterator().next();
        Map<String, Json> keys = operator.getValue().members();
        if (!operator.getKey().equalsIgnoreCase("Bool") || keys.size() != 1) {
            return false;
        }
        Map.Entry<String, Json> key = keys.entrySet().iterator().next();
        List<String> values = texts(key.getValue());
        boolean asBoolean = key.getValue() == Json.JsonBoolean.FALSE;
        return key.getKey().equalsIgnoreCase("aws:SecureTransport")
                && (asBoolean || values.equals(List.of("false")) || values.equals(List.of("False")));
    }

    /** A Deny for everyone unless the request comes from a listed network; a negated operator without IfExists and no range for every address. */
    private static boolean limitsNetwork(Json statement) {
        if (!effect(statement, "deny") || !isEveryone(member(statement, "Principal"))) {
            return false;
        }
        Map<String, Json> operators = member(statement, "Condition").members();
        return !operators.isEmpty()
                && operators.entrySet().stream()
                        .allMatch(operator -> operator.getKey()
                                        .toLowerCase(Locale.ROOT)
                                        .startsWith("not")
                                || operator.getKey().toLowerCase(Locale.ROOT).startsWith("stringnot"))
                && operators.values().stream()
                        .flatMap(keys -> keys.members().entrySet().stream())
                        .allMatch(key -> NETWORK.contains(key.getKey().toLowerCase(Locale.ROOT))
                                && !isAnySource(key.getValue()));
    }

    private static boolean isNarrowed(Json condition) {
        for (Map.Entry<String, Json> operator : condition.members().entrySet()) {
            String name = operator.getKey().toLowerCase(Locale.ROOT);
            // IfExists and ForAllValues also hold when the key is absent; a negated operator names who is kept out, not
            // who may come in.
            boolean weak = name.endsWith("ifexists")
                    || name.startsWith("forallvalues")
                    || name.contains("not")
                    || name.equals("null");
            if (weak) {
                continue;
            }
            for (Map.Entry<String, Json> key : operator.getValue().members().entrySet()) {
                if (NARROWING.contains(key.getKey().toLowerCase(Locale.ROOT)) && !isAnySource(key.getValue())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAnySource(Json value) {
        List<String> values = texts(value);
        return values.isEmpty()
                || values.stream()
                        .anyMatch(text -> text.equals("*") || text.equals("0.0.0.0/0") || text.equals("::/0"));
    }

    private static boolean isEveryone(Json principal) {
        if (principal instanceof Json.JsonText(String text)) {
            return text.equals("*");
        }
        return texts(member(principal, "AWS")).contains("*")
                || texts(member(principal, "*")).contains("*");
    }

    private static boolean effect(Json statement, String effect) {
        return member(statement, "Effect").text().orElse("").equalsIgnoreCase(effect);
    }

    private static List<Json> listed(Json value) {
        return value instanceof Json.JsonArray(List<Json> elements)
                ? elements
                : value.isNull() ? List.of() : List.of(value);
    }

    private static List<String> texts(Json value) {
        if (value instanceof Json.JsonText(String text)) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        for (Json one : listed(value)) {
            if (one instanceof Json.JsonText(String text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static Json member(Json object, String name) {
        Json exact = object.at(name);
        if (!exact.isNull()) {
            return exact;
        }
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return Json.JsonNull.NULL;
    }
}
