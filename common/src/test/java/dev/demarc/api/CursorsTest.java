package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page token or an entity tag is of no use to anyone but whom it was given to. */
class CursorsTest {
    private static final Scope READER = Estates.scope("alphaorg", Role.READER);
    private static final String LIST = "GET /v1/findings?pageSize=2&provider=aws";

    private Instant now = Estates.NOW;
    private final FindingsApi api = new FindingsApi(new Estates().parts(), () -> now);

    private ApiResponse ask(Scope scope, String line, String... headers) {
        return api.handle(Asked.request(Optional.of(scope), line, "", headers));
    }

    private String token() {
        return Estates.json(ask(READER, LIST)).textAt("nextPageToken", "");
    }

    @Test
    void goesOnForTheCallerWithTheSameFilter() {
        assertThat(ask(READER, LIST + "&pageToken=" + token()).status()).isEqualTo(200);
        assertThat(ask(READER, LIST.replace("=2", "=3") + "&pageToken=" + token())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isUselessToAnyOtherScope() {
        Scope tenant = Estates.scope("betaorg", Role.READER);
        Scope accounts = Estates.scope("alphaorg", Role.ACCOUNT_READER);
        Scope role = Estates.scope("alphaorg", Role.ADMIN);
        Scope some = new Scope(
                "alphaorg", Optional.of(Set.of(Estates.accounts("alphaorg").getLast())), Role.READER, "x");

        for (Scope other : Set.of(tenant, accounts, role, some)) {
            ApiResponse response = ask(other, LIST + "&pageToken=" + token());
            assertThat(response.status()).as(other.toString()).isEqualTo(400);
            assertThat(Estates.json(response).textAt("type", "")).isEqualTo("urn:demarc:problem:bad-cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/findings?pageSize=2",
                "GET /v1/findings?pageSize=2&provider=gcp",
                "GET /v1/findings?pageSize=2&provider=aws&provider=gcp",
                "GET /v1/findings?pageSize=2&provider=aws&sort=age",
                "GET /v1/findings?pageSize=2&provider=aws&minPriority=1",
                "GET /v1/accounts?pageSize=2&provider=aws"
            })
    void isUselessForAnotherListFilterOrOrder(String other) {
        assertThat(ask(READER, other + "&pageToken=" + token()).status()).isEqualTo(400);
    }

    @Test
    void isRefusedWithAnyCharacterChanged() {
        String token = token();
        assertThat(token).hasSizeGreaterThan(60);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String flipped = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(ask(READER, LIST + "&pageToken=" + flipped).status())
                    .as(flipped)
                    .isEqualTo(400);
        }
        // The last character has spare bits, which a decoder would pass over.
        for (char last : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            String changed = token.substring(0, token.length() - 1) + last;
            assertThat(ask(READER, LIST + "&pageToken=" + changed).status())
                    .isEqualTo(changed.equals(token) ? 200 : 400);
        }
        assertThat(ask(READER, LIST + "&pageToken=" + token.substring(0, 20)).status())
                .isEqualTo(400);
    }

    @Test
    void expiresAfterADay() {
        String token = token();

        now = now.plus(Duration.ofHours(23));
        assertThat(ask(READER, LIST + "&pageToken=" + token).status()).isEqualTo(200);
        now = now.plus(Duration.ofHours(1));
        assertThat(ask(READER, LIST + "&pageToken=" + token).status()).isEqualTo(400);
    }

    @Test
    void isTheSameForEveryInstanceOverOneStore() {
        Estates estates = new Estates();
        FindingsApi one = new FindingsApi(estates.parts(), () -> now);
        FindingsApi other = new FindingsApi(estates.parts(), () -> now);

        String token = Estates.json(one.handle(Asked.request(Optional.of(READER), LIST, "")))
                .textAt("nextPageToken", "");

        assertThat(other.handle(Asked.request(Optional.of(READER), LIST + "&pageToken=" + token, ""))
                        .status())
                .isEqualTo(200);
        assertThat(api.handle(Asked.request(Optional.of(READER), LIST + "&pageToken=" + token, ""))
                        .status())
                .as("another store has another key")
                .isEqualTo(400);
    }

    @Test
    void givesEachScopeItsOwnEntityTags() {
        Scope empty = new Scope("emptyorg", Optional.empty(), Role.READER, "x");
        Scope alsoEmpty = new Scope("voidorg", Optional.empty(), Role.READER, "x");
        ApiResponse one = ask(empty, "GET /v1/waivers");
        ApiResponse other = ask(alsoEmpty, "GET /v1/waivers");
        String tag = one.headers().getOrDefault("etag", "");

        assertThat(other.body()).isEqualTo(one.body());
        assertThat(other.headers().get("etag")).isNotEqualTo(tag);
        assertThat(ask(alsoEmpty, "GET /v1/waivers", "If-None-Match: " + tag).status())
                .isEqualTo(200);
        assertThat(ask(empty, "GET /v1/waivers", "If-None-Match: " + tag).status())
                .isEqualTo(304);
    }
}
