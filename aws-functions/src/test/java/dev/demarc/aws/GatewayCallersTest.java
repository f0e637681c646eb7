package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class GatewayCallersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String ROLE = "arn:aws:iam::111122223333:role/security";
    private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/security/kim";

    private final GatewayCallers callers = GatewayCallers.of(JsonReader.parse("""
            {"organization": "o-ours", "principals": [
              {"arn": "%s", "tenant": "main", "role": "reader"},
              {"arn": "arn:aws:iam::111122223333:user/lee", "tenant": "main", "role": "account-reader", "accounts": ["aws#1"]}
            ]}""".formatted(ROLE)));

    private Optional<Scope> caller(String arn, String organisation) {
        return callers.scope(
                JsonReader.parse("{\"authorizer\":{\"iam\":{\"userArn\":\"" + arn + "\",\"principalOrgId\":\""
                        + organisation + "\"}}}"),
                NOW);
    }

    @Test
    void mapsASessionToItsRole() {
        assertThat(caller(SESSION, "o-ours")).contains(new Scope("main", Optional.empty(), Role.READER, ROLE));
    }

    /** Whoever may assume a role names the session as they like, so its name makes nobody a second person. */
    @Test
    void takesTwoSessionsOfARoleForOneSubjectUnlessTheirNamesAreEnforced() {
        String other = SESSION + "-again";

        assertThat(caller(other, "o-ours")).isEqualTo(caller(SESSION, "o-ours"));

        GatewayCallers enforced = GatewayCallers.of(JsonReader.parse("""
                {"sessionNames": "enforced", "principals": [{"arn": "%s", "tenant": "main", "role": "reader"}]}""".formatted(ROLE)));
        assertThat(subject(enforced, SESSION)).contains(SESSION);
        assertThat(subject(enforced, other)).contains(other);
    }

    private static Optional<String> subject(GatewayCallers callers, String arn) {
        return callers.scope(JsonReader.parse("{\"authorizer\":{\"iam\":{\"userArn\":\"" + arn + "\"}}}"), NOW)
                .map(Scope::subject);
    }

    @Test
    void mapsAUserToItsAccounts() {
        assertThat(caller("arn:aws:iam::111122223333:user/lee", "o-ours"))
                .map(Scope::accounts)
                .contains(Optional.of(Set.of(AccountId.ofKey("aws#1"))));
    }

    @Test
    void readsThePrincipalOfARestApiToo() {
        Json context =
                JsonReader.parse("{\"identity\":{\"userArn\":\"" + SESSION + "\",\"principalOrgId\":\"o-ours\"}}");

        assertThat(callers.scope(context, NOW)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:sts::999922223333:assumed-role/security/kim",
                "arn:aws:sts::111122223333:assumed-role/security2/kim",
                "arn:aws:sts::111122223333:assumed-role/other/security",
                "arn:aws:sts::111122223333:federated-user/security",
                "arn:aws:iam::111122223333:user/security",
                "arn:aws:iam::111122223333:root",
                ""
            })
    void givesNothingToWhoIsNotListed(String arn) {
        assertThat(caller(arn, "o-ours")).isEmpty();
    }

    @Test
    void givesNothingToAnotherOrganisation() {
        assertThat(caller(SESSION, "o-theirs")).isEmpty();
        assertThat(callers.scope(JsonReader.parse("{\"authorizer\":{\"iam\":{\"userArn\":\"" + SESSION + "\"}}}"), NOW))
                .isEmpty();
    }

    @Test
    void givesNothingForClaimsWhenNoIssuerIsConfigured() {
        assertThat(callers.scope(JsonReader.parse("""
                {"authorizer": {"jwt": {"claims": {"iss": "", "aud": "", "sub": "x", "exp": 1900000000,
                 "demarc:tenant": "main", "demarc:role": "admin"}}}}"""), NOW)).isEmpty();
        assertThat(callers.scope(Json.JsonNull.NULL, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"issuer\": \"us\"}",
                "{\"sessionNames\": true}",
                "{\"sessionNames\": \"enforce\"}",
                "{\"principals\": [{\"arn\": \"x\", \"tenant\": \"main\", \"role\": \"reader\"}]}",
                "{\"principals\": [{\"arn\": \"arn:aws:iam::1:role/x\", \"tenant\": \"main\", \"role\": \"readr\"}]}",
                "{\"principals\": [{\"arn\": \"arn:aws:iam::1:role/x\", \"tenant\": \"main\", \"role\": \"account-reader\"}]}",
                "{\"principals\": [{\"arn\": \"arn:aws:iam::1:role/x\", \"role\": \"reader\"}]}"
            })
    void refusesAConfigurationWithAMistake(String configuration) {
        assertThatThrownBy(() -> GatewayCallers.of(JsonReader.parse(configuration)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("configuration");
    }
}
