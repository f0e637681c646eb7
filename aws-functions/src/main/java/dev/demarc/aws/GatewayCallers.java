package dev.demarc.aws;

import dev.demarc.api.Credentials;
import dev.demarc.json.Json;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who calls, from what API Gateway verified: the claims of a JWT, or an IAM principal that the suite's configuration maps to a role. Without
 * either there is no scope. Claims are checked again for audience and time; a principal that is not listed gets nothing.
 */
public final class GatewayCallers {
    private static final Pattern SESSION = Pattern.compile("arn:(aws[a-z-]*):sts::(\\d{12}):assumed-role/([^/]+)/.+");

    private final Optional<Credentials> tokens;
    private final Map<String, Scope> principals;
    private final Optional<String> organisation;
    private final boolean sessionNamesEnforced;

    private GatewayCallers(
            Optional<Credentials> tokens,
            Map<String, Scope> principals,
            Optional<String> organisation,
            boolean sessionNamesEnforced) {
        this.tokens = tokens;
        this.principals = Map.copyOf(principals);
        this.organisation = organisation;
        this.sessionNamesEnforced = sessionNamesEnforced;
    }

    /** Callers with a token and no others. */
    public static GatewayCallers of(Credentials tokens) {
        return new GatewayCallers(Optional.of(tokens), Map.of(), Optional.empty(), false);
    }

    /**
     * From configuration: {@code {issuer, audience, organization, sessionNames, principals: [{arn, tenant, role, accounts}]}}. Tokens need
     * issuer and audience; {@code organization} is the AWS organisation that principals must be of; {@code sessionNames} is
     * {@code "enforced"} where the trust policies of the roles tie the name of a session to a person. Refuses an entry that gives no
     * scope: a mistyped role must not pass for "no access wanted".
     */
    public static GatewayCallers of(Json configuration) {
        Optional<String> issuer = configuration.at("issuer").text();
        Optional<String> audience = configuration.at("audience").text();
        if (issuer.isPresent() != audience.isPresent()) {
            throw new IllegalArgumentException(
                    "the callers' configuration names only one of issuer and audience; tokens need both");
        }
        Map<String, Scope> principals = new LinkedHashMap<>();
        for (Json one : configuration.at("principals").elements()) {
            String arn = one.textAt("arn", "");
            principals.put(arn, principal(arn, one));
        }
        return new GatewayCallers(
                issuer.map(name -> new Credentials(name, audience.orElseThrow())),
                principals,
                configuration.at("organization").text(),
                enforced(configuration.at("sessionNames")));
    }

    private static boolean enforced(Json sessionNames) {
        if (!sessionNames.isNull() && !sessionNames.equals(Json.of("enforced"))) {
            throw new IllegalArgumentException("the callers' configuration has sessionNames " + sessionNames.write()
                    + "; say \"enforced\" or leave it out");
        }
        return !sessionNames.isNull();
    }

    private static Scope principal(String arn, Json one) {
        List<String> accounts = new ArrayList<>();
        one.at("accounts")
                .elements()
                .forEach(account -> accounts.add(account.text().orElse("")));
        return Optional.of(arn)
                .filter(name -> name.startsWith("arn:"))
                .flatMap(name -> Credentials.scope(
                        one.textAt("tenant", ""),
                        one.textAt("role", ""),
                        one.at("accounts").isNull() ? Optional.empty() : Optional.of(accounts),
                        name))
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "the callers' configuration gives '" + arn
                                        + "' no scope; name arn, tenant, role and, for an account-reader, accounts as provider#account"));
    }

    Optional<Scope> scope(Json requestContext, Instant now) {
        Json authorizer = requestContext.at("authorizer");
        Json claims = authorizer.at("jwt").at("claims").isObject()
                ? authorizer.at("jwt").at("claims")
                : authorizer.at("claims");
        if (claims.isObject()) {
            return tokens.flatMap(credentials -> credentials.scope(claims, now));
        }
        return principal(authorizer.at("iam")).or(() -> principal(requestContext.at("identity")));
    }

    private Optional<Scope> principal(Json iam) {
        boolean ofOurs = organisation
                .map(ours -> iam.textAt("principalOrgId", "").equals(ours))
                .orElse(true);
        return iam.at("userArn")
                .text()
                .filter(ignored -> ofOurs)
                .flatMap(arn -> Optional.ofNullable(principals.get(arn)).or(() -> role(arn)));
    }

    /**
     * A session counts as its role. Whoever may assume a role chooses the name of the session: counted as a person, one of them would be
     * two, and approve what they asked for.
     */
    private Optional<Scope> role(String session) {
        Matcher matcher = SESSION.matcher(session);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String role = "arn:" + matcher.group(1) + ":iam::" + matcher.group(2) + ":role/" + matcher.group(3);
        return Optional.ofNullable(principals.get(role))
                .map(scope -> sessionNamesEnforced
                        ? new Scope(scope.tenant(), scope.accounts(), scope.role(), session)
                        : scope);
    }
}
