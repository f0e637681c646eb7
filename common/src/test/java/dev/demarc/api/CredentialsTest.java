package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String GOOD = """
            {"iss": "us", "aud": "api", "sub": "kim", "exp": 1800000100, "nbf": 1799999900,
             "demarc:tenant": "main", "demarc:role": "account-reader", "demarc:accounts": ["aws#1", "gcp#p"]}""";

    private final Credentials credentials = new Credentials("us", "api");

    private Optional<Scope> scope(String claims) {
        return credentials.scope(JsonReader.parse(claims), NOW);
    }

    @Test
    void makesAScopeOfVerifiedClaims() {
        assertThat(scope(GOOD))
                .contains(new Scope(
                        "main",
                        Optional.of(Set.of(AccountId.ofKey("aws#1"), AccountId.ofKey("gcp#p"))),
                        Role.ACCOUNT_READER,
                        "kim"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"aws#1 gcp#p\"", "\"[aws#1 gcp#p]\"", "\"aws#1, gcp#p\""})
    void readsTheWaysInWhichGatewaysWriteLists(String accounts) {
        assertThat(scope(GOOD.replace("[\"aws#1\", \"gcp#p\"]", accounts))).isEqualTo(scope(GOOD));
    }

    @Test
    void readsNumbersThatGatewaysMadeText() {
        assertThat(scope(GOOD.replace("1800000100", "\"1800000100\"").replace("\"api\"", "\"[web api]\"")))
                .isEqualTo(scope(GOOD));
    }

    @Test
    void limitsAnyRoleToTheAccountsThatAreNamed() {
        Optional<Scope> scope = scope(GOOD.replace("account-reader", "admin"));

        assertThat(scope.map(Scope::isWhole)).contains(false);
    }

    /** Each takes away or spoils one thing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"iss\": \"us\"=>\"iss\": \"them\"",
                "\"iss\": \"us\",=>",
                "\"aud\": \"api\"=>\"aud\": \"web\"",
                "\"aud\": \"api\"=>\"aud\": \"apis\"",
                "\"aud\": \"api\"=>\"aud\": []",
                "\"aud\": \"api\",=>",
                "\"sub\": \"kim\",=>",
                "1800000100=>1799999900",
                "1800000100=>\"soon\"",
                "1800000100=>null",
                "1800000100=>1e300",
                "1799999900=>1800000090",
                "1799999900=>\"then\"",
                "\"demarc:tenant\": \"main\",=>",
                "\"demarc:tenant\": \"main\"=>\"demarc:tenant\": \"Main Org\"",
                "\"demarc:tenant\": \"main\"=>\"demarc:tenant\": \"*\"",
                "account-reader=>owner",
                "account-reader=>ACCOUNT_READER",
                "\"demarc:role\": \"account-reader\",=>",
                "[\"aws#1\", \"gcp#p\"]=>[]",
                "[\"aws#1\", \"gcp#p\"]=>\"\"",
                "[\"aws#1\", \"gcp#p\"]=>null",
                "[\"aws#1\", \"gcp#p\"]=>[\"*\"]",
                "[\"aws#1\", \"gcp#p\"]=>[\"oracle#1\"]",
                "[\"aws#1\", \"gcp#p\"]=>[\"aws#1\", \"1\"]",
                "\"demarc:accounts\": [\"aws#1\", \"gcp#p\"]=>\"x\": 1"
            })
    void givesNoScopeForClaimsThatSayLess(String change) {
        String[] parts = change.split("=>", -1);
        assertThat(GOOD).contains(parts[0]);

        assertThat(scope(GOOD.replace(parts[0], parts[1]))).isEmpty();
    }

    @Test
    void neverReadsAnEmptyListOfAccountsAsAll() {
        String admin = GOOD.replace("account-reader", "admin");

        assertThat(scope(admin.replace("[\"aws#1\", \"gcp#p\"]", "[]"))).isEmpty();
        assertThat(scope(admin.replace(", \"demarc:accounts\": [\"aws#1\", \"gcp#p\"]", ""))
                        .map(Scope::isWhole))
                .contains(true);
    }

    @Test
    void asksForSomethingToCheckAgainst() {
        assertThat(credentials.scope(Json.JsonNull.NULL, NOW)).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Credentials("us", " "))
                .hasMessageContaining("audience");
    }
}
