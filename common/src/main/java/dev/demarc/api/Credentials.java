package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From claims whose signature somebody has verified to a scope. Everything is checked again that the claims themselves say: issuer, audience,
 * time. Claims: {@code iss, aud, exp, nbf, sub, demarc:tenant, demarc:role, demarc:accounts}; the last is a list of {@code provider#account}
 * or text with blanks between them. What is missing or unknown gives no scope, never a wider one.
 */
public final class Credentials {
    public static final String TENANT = "demarc:tenant";
    public static final String ROLE = "demarc:role";
    public static final String ACCOUNTS = "demarc:accounts";
    // Clocks of issuer and suite differ a little.
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private final String issuer;
    private final String audience;

    public Credentials(String issuer, String audience) {
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("credentials need an issuer and an audience to be checked against");
        }
        this.issuer = issuer;
        this.audience = audience;
    }

    /** The scope of the claims at a time; empty when they give none. */
    public Optional<Scope> scope(Json claims, Instant now) {
        boolean meant = claims.textAt("iss", "").equals(issuer)
                && words(claims.at("aud")).contains(audience)
                && time(claims.at("exp"))
                        .filter(expires -> now.isBefore(expires.plus(LEEWAY)))
                        .isPresent()
                && (claims.at("nbf").isNull()
                        || time(claims.at("nbf"))
                                .filter(start -> !now.isBefore(start.minus(LEEWAY)))
                                .isPresent());
        return meant
                ? scope(
                        claims.textAt(TENANT, ""),
                        claims.textAt(ROLE, ""),
                        claims.at(ACCOUNTS).isNull() ? Optional.empty() : Optional.of(words(claims.at(ACCOUNTS))),
                        claims.textAt("sub", ""))
                : Optional.empty();
    }

    /** A scope from its words; empty when one of them is not known, or a role for some accounts names none. */
    public static Optional<Scope> scope(String tenant, String role, Optional<List<String>> accounts, String subject) {
        Optional<Role> known = Arrays.stream(Role.values())
                .filter(one -> one.word().equals(role))
                .findFirst();
        boolean forSome = known.filter(Role.ACCOUNT_READER::equals).isPresent();
        boolean named = accounts.filter(some -> !some.isEmpty()).isPresent();
        if (known.isEmpty() || subject.isBlank() || (forSome && !named) || (accounts.isPresent() && !named)) {
            return Optional.empty();
        }
        try {
            Set<AccountId> ids = new LinkedHashSet<>();
            accounts.orElse(List.of()).forEach(key -> ids.add(AccountId.ofKey(key)));
            return Optional.of(new Scope(tenant, named ? Optional.of(ids) : Optional.empty(), known.get(), subject));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The texts of a list; or of text with blanks between, which gateways put in brackets. */
    private static List<String> words(Json claim) {
        List<String> listed =
                claim.elements().stream().flatMap(one -> one.text().stream()).toList();
        if (!listed.isEmpty()) {
            return listed;
        }
        String text = claim.text().orElse("").strip();
        boolean bracketed = text.startsWith("[") && text.endsWith("]") && text.length() >= 2;
        String inner = bracketed ? text.substring(1, text.length() - 1) : text;
        return Arrays.stream(inner.split("[ ,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Seconds since 1970 as a number or, from a gateway, as text. */
    private static Optional<Instant> time(Json claim) {
        Json whole = Json.object().with("seconds", claim).build();
        long seconds = whole.longAt("seconds", Long.MIN_VALUE);
        try {
            return seconds == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }
}
