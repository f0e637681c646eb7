package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.record.Documents;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key answers when its first request was cut off after the work, and whose key it is. */
class RepeatedRequestsTest {
    private static final Scope ADMIN = Estates.scope("alphaorg", Role.ADMIN);

    private Instant now = Estates.NOW;
    private final Estates estates = new Estates();
    private final FindingsApi api = new FindingsApi(estates.parts(), () -> now);

    /** Documents that fail where the answer of a request would be kept, so that the work is done and nobody hears of it. */
    private record CutOff(Documents documents) implements Documents {
        @Override
        public Optional<Document> document(Scope scope, Kind kind, String id) {
            return documents.document(scope, kind, id);
        }

        @Override
        public List<Document> documents(Scope scope, Kind kind, String afterId, int limit) {
            return documents.documents(scope, kind, afterId, limit);
        }

        @Override
        public List<Document> revisions(Scope scope, Kind kind, String id) {
            return documents.revisions(scope, kind, id);
        }

        @Override
        public boolean write(Scope scope, Write write) {
            if (write.kind() == Kind.IDEMPOTENCY && write.expected() > 0) {
                throw new IllegalStateException("cut off");
            }
            return documents.write(scope, write);
        }
    }

    private static ApiResponse ask(FindingsApi api, Scope scope, String line, String body, String... headers) {
        return api.handle(Asked.request(Optional.of(scope), line, body, headers));
    }

    private FindingsApi cutOff() {
        ApiParts parts = estates.parts();
        return new FindingsApi(
                new ApiParts(
                        parts.reads(),
                        new CutOff(parts.documents()),
                        parts.catalogue(),
                        parts.rebuilding(),
                        parts.cursorKey(),
                        parts.register()),
                () -> now);
    }

    private String body(String path) {
        return switch (path) {
            case "/v1/waivers" ->
                """
                    {"subject": {"control": "DAT-06", "account": "%s"}, "owner": "blue", "reason": "x", "decision": "ACCEPT",
                     "compensatingControl": "watched", "expiresAt": "2026-12-10T00:00:00Z"}""".formatted(Estates.accounts("alphaorg").getFirst().key());
            case "/v1/attestations" -> """
                    {"serviceType": "AWS::S3::Bucket", "control": "%s", "statement": "yes", "evidence": "ticket 1",
                     "expiresAt": "2027-01-01T00:00:00Z"}""".formatted(estates.attestable());
            default -> """
                    {"url": "https://hooks.example.com/x", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjU"}""";
        };
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /v1/waivers, waivers
            /v1/attestations, attestations
            /v1/webhooks, webhooks
            """)
    void answersWithWhatTheRequestThatWasCutOffHasMade(String path, String name) {
        String key = "Idempotency-Key: k";
        int before = count(path, name);
        assertThatThrownBy(() -> ask(cutOff(), ADMIN, "POST " + path, body(path), key))
                .hasMessage("cut off");

        assertThat(ask(api, ADMIN, "POST " + path, body(path), key).status())
                .as("it may be under way")
                .isEqualTo(409);
        now = now.plus(Duration.ofMinutes(2));
        ApiResponse repeated = ask(api, ADMIN, "POST " + path, body(path), key);
        ApiResponse again = ask(api, ADMIN, "POST " + path, body(path), key);

        assertThat(repeated.status()).as(repeated.body()).isEqualTo(201);
        String at = repeated.headers().getOrDefault("location", "");
        assertThat(ask(api, ADMIN, "GET " + at, "").body()).isEqualTo(repeated.body());
        assertThat(again.body()).isEqualTo(repeated.body());
        assertThat(again.headers()).containsEntry("idempotent-replayed", "true");
        assertThat(count(path, name)).isEqualTo(before + 1);
    }

    private int count(String path, String name) {
        return Estates.json(ask(api, ADMIN, "GET " + path, ""))
                .at(name)
                .elements()
                .size();
    }

    /** Once the key is forgotten it may come with another body, which what was made before must not answer. */
    @Test
    void doesNotAnswerANewRequestWithWhatAForgottenKeyMade() {
        String key = "Idempotency-Key: k";
        ask(api, ADMIN, "POST /v1/waivers", body("/v1/waivers"), key);
        now = now.plus(Duration.ofHours(25));

        ApiResponse other =
                ask(api, ADMIN, "POST /v1/waivers", body("/v1/waivers").replace("\"x\"", "\"y\""), key);

        assertThat(other.status()).as(other.body()).isEqualTo(409);
    }

    @Test
    void bindsAKeyToTheRoleAndTheAccountsOfItsCaller() {
        Scope some = new Scope(
                ADMIN.tenant(),
                Optional.of(Set.of(Estates.accounts("alphaorg").getFirst())),
                Role.WAIVER_APPROVER,
                ADMIN.subject());
        Scope lesser = new Scope(ADMIN.tenant(), Optional.empty(), Role.WAIVER_APPROVER, ADMIN.subject());
        String key = "Idempotency-Key: k";
        ApiResponse first = ask(api, ADMIN, "POST /v1/waivers", body("/v1/waivers"), key);

        for (Scope other : List.of(some, lesser)) {
            ApiResponse response = ask(api, other, "POST /v1/waivers", body("/v1/waivers"), key);
            assertThat(response.status()).as(response.body()).isEqualTo(201);
            assertThat(response.headers()).doesNotContainKey("idempotent-replayed");
            assertThat(response.headers().get("location"))
                    .isNotEqualTo(first.headers().get("location"));
        }
    }
}
