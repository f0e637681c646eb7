package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.Webhook;
import dev.demarc.notify.Webhooks;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** If-Match, Idempotency-Key, bodies and the rules of decisions, through the API. */
class ChangesTest {
    private static final Scope ADMIN = Estates.scope("alphaorg", Role.ADMIN);
    private static final Scope APPROVER = Estates.scope("alphaorg", Role.WAIVER_APPROVER);
    private static final AccountId ACCOUNT = Estates.accounts("alphaorg").getFirst();

    private Instant now = Estates.NOW;
    private final Estates estates = new Estates();
    private final FindingsApi api = new FindingsApi(estates.parts(), () -> now);

    private ApiResponse ask(Scope scope, String line, String body, String... headers) {
        return api.handle(Asked.request(Optional.of(scope), line, body, headers));
    }

    private static String request(String reason) {
        return """
                {"subject": {"control": "DAT-06", "account": "%s"}, "owner": "blue", "reason": "%s",
                 "decision": "ACCEPT", "compensatingControl": "watched", "expiresAt": "2026-12-10T00:00:00Z"}""".formatted(ACCOUNT.key(), reason);
    }

    @Test
    void takesAWaiverFromRequestToExpiry() {
        ApiResponse requested = ask(ADMIN, "POST /v1/waivers", request("a move is planned"));
        String at = requested.headers().getOrDefault("location", "");
        String tag = requested.headers().getOrDefault("etag", "");
        assertThat(requested.status()).as(requested.body()).isEqualTo(201);

        assertThat(ask(APPROVER, "POST " + at + "/approve", "").status()).isEqualTo(428);
        assertThat(ask(APPROVER, "POST " + at + "/approve", "", "If-Match: \"x\"")
                        .status())
                .isEqualTo(412);
        ApiResponse approved = ask(APPROVER, "POST " + at + "/approve", "", "If-Match: " + tag);
        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        assertThat(approved.headers().get("etag")).isNotEqualTo(tag);

        assertThat(waivedCount()).isPositive();
        now = now.plus(Duration.ofDays(30));
        assertThat(waivedCount()).isZero();
        assertThat(Estates.json(ask(ADMIN, "GET " + at + "/history", ""))
                        .at("revisions")
                        .elements())
                .hasSize(2);
    }

    private long waivedCount() {
        return Estates.json(ask(ADMIN, "GET /v1/findings?waived=true&pageSize=0", ""))
                .at("total")
                .longAt("count", -1);
    }

    @Test
    void refusesASecondDecisionAndOneByTheRequester() {
        ApiResponse requested = ask(ADMIN, "POST /v1/waivers", request("x"));
        String at = requested.headers().getOrDefault("location", "");
        String match = "If-Match: " + requested.headers().get("etag");
        String note = "{\"note\": \"no\"}";

        ApiResponse rejected = ask(APPROVER, "POST " + at + "/reject", note, match);
        ApiResponse again = ask(
                APPROVER,
                "POST " + at + "/reject",
                note,
                "If-Match: " + rejected.headers().get("etag"));

        assertThat(rejected.status()).as(rejected.body()).isEqualTo(200);
        assertThat(again.status()).as(again.body()).isEqualTo(409);
        assertThat(ask(APPROVER, "POST " + at + "/reject", note, match).status())
                .isEqualTo(412);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            [] ! 422 ! ''
            {} ! 422 ! /subject
            {"subject": {"control": "nope"}} ! 422 ! /subject/control
            {"subject": {"control": "DAT-06", "colour": 1}} ! 422 ! /subject/colour
            {"subject": {"control": "DAT-06", "account": "1234"}} ! 422 ! /subject/account
            {"owner": 7} ! 422 ! /owner
            {"owner": " "} ! 422 ! /owner
            {"decision": "MAYBE"} ! 422 ! /decision
            {"expiresAt": "soon"} ! 422 ! /expiresAt
            {"a/b": 1} ! 422 ! /a~1b
            {"subject": {"control": "ZZZ-99"}} ! 422 ! /subject/control
            {"subject": {"control": "DAT-06", "serviceType": "AWS::S3::Buckets"}} ! 422 ! /subject/serviceType
            """)
    void namesThePlaceOfEveryMistakeInABody(String body, int status, String pointer) {
        ApiResponse response = ask(ADMIN, "POST /v1/waivers", body);

        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(Estates.json(response).at("errors").elements())
                .extracting(error -> error.textAt("pointer", "?"))
                .contains(pointer);
    }

    @Test
    void takesAWaiverForAServiceTypeInUseThatTheCatalogueLacks() {
        ServiceType queue = new ServiceType("AWS::Timestream::Database");
        String body = request("x").replace("\"DAT-06\"", "\"MCC-01\", \"serviceType\": \"" + queue + "\"");
        ApiResponse before = ask(ADMIN, "POST /v1/waivers", body);

        estates.store()
                .record(new Observation(
                        new ResourceId(ACCOUNT.provider(), ACCOUNT.account(), "eu-west-1", queue.name(), "q"),
                        queue,
                        new Version(now, 0),
                        Observation.State.LIVE,
                        "",
                        Labels.NONE,
                        new TreeMap<>()));
        estates.project();

        assertThat(before.status()).isEqualTo(422);
        ApiResponse after = ask(ADMIN, "POST /v1/waivers", body);
        assertThat(after.status()).as(after.body()).isEqualTo(201);
        assertThat(findings("class=none")).isPositive().isEqualTo(findings("tier=none"));
        assertThat(findings("class=none&serviceType=AWS::Timestream::Database")).isEqualTo(findings("class=none"));
        assertThat(findings("")).isGreaterThan(findings("class=none"));
    }

    private long findings(String filter) {
        return Estates.json(ask(ADMIN, "GET /v1/findings?pageSize=0&" + filter, ""))
                .at("total")
                .longAt("count", -1);
    }

    @Test
    void refusesToDecideOnARevisionThatNobodyNamed() {
        String waiver = "/v1/waivers/" + Estates.waiver(ACCOUNT);
        String note = "{\"note\": \"no\"}";
        for (String decision : List.of("approve", "reject", "revoke", "extend")) {
            ApiResponse unseen = ask(APPROVER, "POST " + waiver + "/" + decision, note, "If-Match: *");
            assertThat(unseen.status()).as(decision + " " + unseen.body()).isEqualTo(428);
        }
        assertThat(ask(
                                APPROVER,
                                "POST /v1/attestations/" + Estates.attestation(ACCOUNT) + "/revoke",
                                "",
                                "If-Match: \"x\", *")
                        .status())
                .isEqualTo(428);
        String tag = ask(APPROVER, "GET " + waiver, "").headers().getOrDefault("etag", "");
        assertThat(ask(APPROVER, "POST " + waiver + "/reject", note, "If-Match: " + tag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesBodiesThatItDoesNotRead() {
        assertThat(ask(ADMIN, "POST /v1/waivers", "{\"owner\":").status()).isEqualTo(400);
        assertThat(ask(ADMIN, "POST /v1/waivers", "{}", "Content-Type: text/xml")
                        .status())
                .isEqualTo(415);
        assertThat(ask(ADMIN, "POST /v1/waivers", " ".repeat(FindingsApi.LARGEST_BODY + 1))
                        .status())
                .isEqualTo(413);
        assertThat(ask(ADMIN, "POST /v1/waivers", " ".repeat(FindingsApi.LARGEST_BODY))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void doesOnceWhatIsSentTwiceWithOneKey() {
        ApiResponse first = ask(ADMIN, "POST /v1/waivers", request("once"), "Idempotency-Key: k1");
        now = now.plus(Duration.ofHours(23));
        ApiResponse second = ask(ADMIN, "POST /v1/waivers", request("once"), "Idempotency-Key: k1");

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers()).containsEntry("idempotent-replayed", "true");
        assertThat(second.headers().get("etag")).isEqualTo(first.headers().get("etag"));
        assertThat(waivers()).isEqualTo(4);
    }

    @Test
    void doesTwiceWhatIsSentTwiceWithoutAKey() {
        ask(ADMIN, "POST /v1/waivers", request("twice"));
        now = now.plusSeconds(1);
        ask(ADMIN, "POST /v1/waivers", request("twice"));

        assertThat(waivers()).isEqualTo(5);
    }

    private int waivers() {
        return Estates.json(ask(ADMIN, "GET /v1/waivers", ""))
                .at("waivers")
                .elements()
                .size();
    }

    @Test
    void bindsAKeyToItsBodyCallerAndPath() {
        ask(ADMIN, "POST /v1/waivers", request("one"), "Idempotency-Key: k");

        ApiResponse otherBody = ask(ADMIN, "POST /v1/waivers", request("two"), "Idempotency-Key: k");
        ApiResponse otherCaller = ask(APPROVER, "POST /v1/waivers", request("two"), "Idempotency-Key: k");
        ApiResponse strange = ask(ADMIN, "POST /v1/waivers", request("two"), "Idempotency-Key: a b");

        assertThat(otherBody.status()).isEqualTo(422);
        assertThat(Estates.json(otherBody).textAt("type", "")).endsWith("idempotency-key-reused");
        assertThat(otherCaller.status()).as(otherCaller.body()).isEqualTo(201);
        assertThat(strange.status()).isEqualTo(400);
    }

    @Test
    void repeatsARefusalUnderItsKey() {
        ApiResponse first = ask(ADMIN, "POST /v1/waivers", "{}", "Idempotency-Key: k");
        ApiResponse second = ask(ADMIN, "POST /v1/waivers", "{}", "Idempotency-Key: k");

        assertThat(first.status()).isEqualTo(422);
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void writesTheRegisterOnlyOverTheVersionThatWasRead() {
        String empty = "{\"entries\": []}";
        String tag = ask(ADMIN, "GET /v1/register", "").headers().getOrDefault("etag", "");

        assertThat(ask(ADMIN, "PUT /v1/register", empty).status()).isEqualTo(428);
        assertThat(ask(ADMIN, "PUT /v1/register", empty, "If-None-Match: *").status())
                .isEqualTo(428);
        assertThat(ask(ADMIN, "PUT /v1/register", empty, "If-Match: " + tag).status())
                .isEqualTo(200);
        assertThat(ask(ADMIN, "PUT /v1/register", empty, "If-Match: " + tag).status())
                .isEqualTo(412);
        assertThat(ask(ADMIN, "PUT /v1/register", "{\"entries\": [{}]}", "If-Match: *")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void makesTheFirstRegisterOfATenant() {
        Scope fresh = new Scope("freshorg", Optional.empty(), Role.REGISTER_EDITOR, "e");

        ApiResponse first = ask(fresh, "PUT /v1/register", "{\"entries\": []}", "If-None-Match: *");

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(ask(fresh, "PUT /v1/register", "{\"entries\": []}", "If-None-Match: *")
                        .status())
                .isEqualTo(428);
    }

    @Test
    void attestsWhatConfigurationCannotDecide() {
        String body = """
                {"serviceType": "AWS::S3::Bucket", "control": "%s", "statement": "yes", "evidence": "ticket 1",
                 "expiresAt": "2027-01-01T00:00:00Z"}""".formatted(estates.attestable());

        ApiResponse made = ask(APPROVER, "POST /v1/attestations", body);
        ApiResponse decidable = ask(
                APPROVER,
                "POST /v1/attestations",
                body.replace(estates.attestable().value(), "DAT-06"));
        String at = made.headers().getOrDefault("location", "");
        ApiResponse revoked = ask(
                APPROVER,
                "POST " + at + "/revoke",
                "",
                "If-Match: " + made.headers().get("etag"));

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(decidable.status()).isEqualTo(422);
        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
        assertThat(Estates.json(revoked).at("revoked")).isEqualTo(Json.of(true));
    }

    @Test
    void rebuildsOnlyTheTenantOfTheCaller() {
        ApiResponse report = ask(ADMIN, "POST /v1/rebuild", "{\"mode\": \"CHECK\"}");

        assertThat(report.status()).as(report.body()).isEqualTo(200);
        assertThat(Estates.json(report).longAt("accounts", -1)).isEqualTo(3);
        assertThat(Estates.json(report).at("equal")).isEqualTo(Json.of(true));
    }

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjU";

    private static String webhook(String url) {
        return "{\"url\": \"" + url + "\", \"secret\": \"" + SECRET + "\", \"kinds\": [\"finding.opened\"]}";
    }

    @Test
    void keepsAWebhookAndNeverItsSecretInAnAnswer() {
        ApiResponse made =
                ask(ADMIN, "POST /v1/webhooks", webhook("https://hooks.example.com/x"), "Idempotency-Key: w");
        String at = made.headers().getOrDefault("location", "");
        ApiResponse replayed =
                ask(ADMIN, "POST /v1/webhooks", webhook("https://hooks.example.com/x"), "Idempotency-Key: w");

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(replayed.body()).isEqualTo(made.body());
        for (ApiResponse answer : List.of(
                made,
                ask(ADMIN, "GET " + at, ""),
                ask(ADMIN, "GET /v1/webhooks", ""),
                ask(ADMIN, "GET " + at + "/deliveries", ""))) {
            assertThat(answer.status()).isBetween(200, 201);
            assertThat(answer.body()).doesNotContain(SECRET.substring(6, 20));
        }
        String tag = made.headers().getOrDefault("etag", "");
        assertThat(ask(ADMIN, "DELETE " + at, "").status()).isEqualTo(428);
        assertThat(ask(ADMIN, "DELETE " + at, "", "If-Match: " + tag).status()).isEqualTo(204);
        assertThat(ask(ADMIN, "GET " + at, "").status()).isEqualTo(404);
    }

    @Test
    void givesAWebhookAnotherSecretAndResumesIt() {
        String at = "/v1/webhooks/" + Estates.webhook("alphaorg");
        Webhooks webhooks = new Webhooks(estates.store(), TargetCheck.strict());
        webhooks.pause(ADMIN, Estates.webhook("alphaorg"), "410", 1, now);
        String tag = ask(ADMIN, "GET " + at, "").headers().getOrDefault("etag", "");
        String next = "whsec_" + new StringBuilder(SECRET.substring(6)).reverse();
        String body = "{\"secret\": \"" + next + "\"}";

        assertThat(ask(ADMIN, "POST " + at + "/secret", body).status()).isEqualTo(428);
        assertThat(ask(ADMIN, "POST " + at + "/resume", "").status()).isEqualTo(428);
        assertThat(ask(ADMIN, "POST " + at + "/secret", "{\"secret\": \"short\"}", "If-Match: " + tag)
                        .status())
                .isEqualTo(422);
        ApiResponse rotated = ask(ADMIN, "POST " + at + "/secret", body, "If-Match: " + tag);
        ApiResponse late = ask(ADMIN, "POST " + at + "/resume", "", "If-Match: " + tag);
        ApiResponse resumed = ask(
                ADMIN,
                "POST " + at + "/resume",
                "",
                "If-Match: " + rotated.headers().get("etag"));

        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
        assertThat(rotated.body()).doesNotContain(next.substring(6)).contains("PAUSED");
        assertThat(late.status()).isEqualTo(412);
        assertThat(resumed.status()).as(resumed.body()).isEqualTo(200);
        Webhook webhook = webhooks.find(ADMIN, Estates.webhook("alphaorg")).orElseThrow();
        assertThat(webhook.state()).isEqualTo(Webhook.State.ACTIVE);
        assertThat(webhook.keys())
                .extracting(Webhook.Key::until)
                .containsExactly(Optional.empty(), Optional.of(now.plus(Webhooks.OVERLAP)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            http://hooks.example.com/x
            https://127.0.0.1/x
            https://169.254.169.254/latest
            https://localhost/x
            https://user@hooks.example.com/
            """)
    void refusesAWebhookInside(String url) {
        ApiResponse refused = ask(ADMIN, "POST /v1/webhooks", webhook(url));

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(Estates.json(refused).at("errors").elements().getFirst().textAt("pointer", ""))
                .isEqualTo("/url");
    }
}
