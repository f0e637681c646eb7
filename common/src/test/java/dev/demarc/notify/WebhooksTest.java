package dev.demarc.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.govern.Ruling;
import dev.demarc.govern.Ruling.Cause;
import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import dev.demarc.query.Priority;
import dev.demarc.record.Documents;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhooksTest {
    static final Scope ADMIN = Scope.operator(Scope.MAIN);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final WebhookRequest REQUEST = new WebhookRequest(
            "https://hooks.example.com/demarc", Set.of("finding.opened"), "HIGH", SignatureTest.SECRET);

    private final InMemoryStore store = new InMemoryStore();
    private final Webhooks webhooks = new Webhooks(store, TargetCheck.strict());

    @Test
    void keepsWhatWasSubscribed() {
        Webhook made = done(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW));

        assertThat(webhooks.find(ADMIN, "chat")).contains(made);
        assertThat(webhooks.list(ADMIN)).containsExactly(made);
        assertThat(made.kinds()).containsExactly(NoticeKind.FINDING_OPENED);
        assertThat(made.minimumBand()).isEqualTo(Priority.Band.HIGH);
        assertThat(made.state()).isEqualTo(Webhook.State.ACTIVE);
        assertThat(made.revision()).isEqualTo(1);
    }

    @Test
    void neverGivesASecretBack() {
        Webhook made = done(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW));
        Webhook rotated = done(webhooks.rotate(ADMIN, "chat", SignatureTest.OTHER, 1, NOW));

        for (String secret : List.of(SignatureTest.SECRET, SignatureTest.OTHER)) {
            String bare = secret.substring(WebhookSecret.PREFIX.length());
            assertThat(made.json().write() + made + rotated.json().write() + rotated + REQUEST)
                    .doesNotContain(bare);
            assertThat(store.document(ADMIN, Documents.Kind.WEBHOOK, "chat")
                            .orElseThrow()
                            .body()
                            .write())
                    .as("the store has it to sign with")
                    .contains(bare);
        }
    }

    @Test
    void namesEveryMistakeOfARequestAtOnce() {
        WebhookRequest wrong = new WebhookRequest("http://localhost/", Set.of("finding.lost"), "URGENT", "c2hvcnQ=");

        Ruling<Webhook> ruling = webhooks.subscribe(ADMIN, "chat", wrong, NOW);

        if (!(ruling instanceof Ruling.Refused<Webhook> refused)) {
            throw new AssertionError("expected a refusal, and got " + ruling);
        }
        assertThat(refused.reasons()).extracting("what").containsExactly("url", "kinds", "minimumBand", "secret");
        assertThat(webhooks.list(ADMIN)).isEmpty();
    }

    @Test
    void refusesAnIdThatIsNoneOrTaken() {
        assertThat(cause(webhooks.subscribe(ADMIN, "My Hook", REQUEST, NOW))).isEqualTo(Cause.RULE);
        done(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW));
        assertThat(cause(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW))).isEqualTo(Cause.STATE);
        done(webhooks.delete(ADMIN, "chat", 1, NOW));
        assertThat(cause(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW))).isEqualTo(Cause.STATE);
    }

    @ParameterizedTest
    @EnumSource
    void isForAdministratorsOfTheWholeTenantOnly(Role role) {
        done(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW));
        Scope whole = new Scope(Scope.MAIN, Optional.empty(), role, "ann");
        Scope part =
                new Scope(Scope.MAIN, Optional.of(Set.of(new AccountId(Provider.AWS, "111122223333"))), role, "ann");
        Scope other = new Scope("other", Optional.empty(), role, "ann");

        assertThat(webhooks.find(whole, "chat").isPresent()).isEqualTo(role == Role.ADMIN);
        assertThat(webhooks.find(part, "chat")).isEmpty();
        assertThat(webhooks.find(other, "chat")).isEmpty();
        assertThat(webhooks.list(part)).isEmpty();
        assertThat(cause(webhooks.subscribe(part, "mine", REQUEST, NOW))).isEqualTo(Cause.FORBIDDEN);
        assertThat(cause(webhooks.delete(part, "chat", 1, NOW))).isEqualTo(Cause.NOT_FOUND);
        assertThat(cause(webhooks.rotate(other, "chat", SignatureTest.OTHER, 1, NOW)))
                .isEqualTo(Cause.NOT_FOUND);
    }

    @Test
    void changesOnlyTheRevisionThatTheCallerHasSeen() {
        done(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW));
        done(webhooks.pause(ADMIN, "chat", "on request", 1, NOW));

        assertThat(cause(webhooks.resume(ADMIN, "chat", 1, NOW))).isEqualTo(Cause.STALE);
        assertThat(webhooks.find(ADMIN, "chat").orElseThrow().pausedBecause()).contains("on request");
        assertThat(done(webhooks.resume(ADMIN, "chat", 2, NOW)).state()).isEqualTo(Webhook.State.ACTIVE);
        assertThat(webhooks.find(ADMIN, "chat").orElseThrow().pausedBecause()).isEmpty();
    }

    @Test
    void forgetsAWebhookThatIsDeleted() {
        done(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW));

        done(webhooks.delete(ADMIN, "chat", 1, NOW));

        assertThat(webhooks.find(ADMIN, "chat")).isEmpty();
        assertThat(webhooks.list(ADMIN)).isEmpty();
        assertThat(cause(webhooks.delete(ADMIN, "chat", 2, NOW))).isEqualTo(Cause.NOT_FOUND);
    }

    @Test
    void signsWithTheSecretBeforeForADayMore() {
        done(webhooks.subscribe(ADMIN, "chat", REQUEST, NOW));

        Webhook rotated = done(webhooks.rotate(ADMIN, "chat", SignatureTest.OTHER, 1, NOW));

        WebhookSecret first = WebhookSecret.of(SignatureTest.SECRET);
        WebhookSecret second = WebhookSecret.of(SignatureTest.OTHER);
        assertThat(rotated.secretsAt(NOW)).containsExactly(second, first);
        assertThat(rotated.secretsAt(NOW.plus(Webhooks.OVERLAP))).containsExactly(second);
        assertThat(cause(webhooks.rotate(ADMIN, "chat", "whsec_", 2, NOW))).isEqualTo(Cause.RULE);
    }

    static Webhook done(Ruling<Webhook> ruling) {
        return switch (ruling) {
            case Ruling.Done<Webhook>(Webhook webhook) -> webhook;
            case Ruling.Refused<Webhook> refused -> throw new AssertionError(refused.toString());
        };
    }

    private static Cause cause(Ruling<Webhook> ruling) {
        return switch (ruling) {
            case Ruling.Done<Webhook> done -> throw new AssertionError(done.toString());
            case Ruling.Refused<Webhook> refused -> refused.cause();
        };
    }
}
