package dev.demarc.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final byte[] BODY = "{\"type\":\"finding.opened\"}".getBytes(StandardCharsets.UTF_8);
    static final String SECRET = WebhookSecret.PREFIX
            + Base64.getEncoder().encodeToString("0123456789abcdefghijklmnopqrstuv".getBytes(StandardCharsets.UTF_8));
    static final String OTHER = WebhookSecret.PREFIX
            + Base64.getEncoder().encodeToString("vutsrqponmlkjihgfedcba9876543210".getBytes(StandardCharsets.UTF_8));
    private static final WebhookSecret KEY = WebhookSecret.of(SECRET);

    @Test
    void signsLikeAnIndependentImplementation() {
        // printf 'msg_1.1614265330.{"test": 2432232314}' | openssl dgst -sha256 -hmac 0123456789abcdefghijklmnopqrstuv
        // -binary | base64
        String header = Signature.header(
                List.of(KEY), "msg_1", 1614265330L, "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(header).isEqualTo("v1,KJo5mlWo11Z46JZ36wZv3mbwPaCdbya9Wa5Z1dekAV0=");
    }

    @Test
    void recognisesItsOwnSignatureOnly() {
        String header = sign(List.of(KEY));

        assertThat(isGenuine(header, "msg_1", BODY, NOW)).isTrue();
        assertThat(isGenuine(header, "msg_2", BODY, NOW)).isFalse();
        assertThat(isGenuine(header, "msg_1", "{}".getBytes(StandardCharsets.UTF_8), NOW))
                .isFalse();
        assertThat(isGenuine(sign(List.of(WebhookSecret.of(OTHER))), "msg_1", BODY, NOW))
                .isFalse();
        assertThat(isGenuine("", "msg_1", BODY, NOW)).isFalse();
        assertThat(isGenuine("v1,not base64", "msg_1", BODY, NOW)).isFalse();
        assertThat(isGenuine(header.replace("v1,", "v2,"), "msg_1", BODY, NOW)).isFalse();
    }

    @Test
    void turnsAwayAMessageThatIsReplayedLater() {
        String header = sign(List.of(KEY));

        assertThat(isGenuine(header, "msg_1", BODY, NOW.plus(Signature.WINDOW))).isTrue();
        assertThat(isGenuine(header, "msg_1", BODY, NOW.plus(Signature.WINDOW).plusSeconds(1)))
                .isFalse();
        assertThat(isGenuine(header, "msg_1", BODY, NOW.minus(Signature.WINDOW).minusSeconds(1)))
                .isFalse();
        assertThat(Signature.isGenuine(KEY, "msg_1", "soon", header, BODY, NOW)).isFalse();
    }

    @Test
    void signsWithBothSecretsWhileOneFollowsTheOther() {
        String header = sign(List.of(WebhookSecret.of(OTHER), KEY));

        assertThat(header.split(" ")).hasSize(2);
        assertThat(isGenuine(header, "msg_1", BODY, NOW)).isTrue();
    }

    @Test
    void refusesASecretThatIsShortOrNoneAndDoesNotRepeatIt() {
        assertThatThrownBy(() -> WebhookSecret.of("whsec_c2hvcnQ=")).hasMessageContaining("this one has 5");
        assertThatThrownBy(() -> WebhookSecret.of("whsec_my-own-words!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("own-words");
        assertThatThrownBy(() -> WebhookSecret.of(new byte[32])).hasMessageContaining("repeats");
        assertThat(KEY)
                .hasToString("whsec_…")
                .isEqualTo(WebhookSecret.of(SECRET))
                .isNotEqualTo(WebhookSecret.of(OTHER));
    }

    private static String sign(List<WebhookSecret> secrets) {
        return Signature.header(secrets, "msg_1", NOW.getEpochSecond(), BODY);
    }

    private static boolean isGenuine(String header, String id, byte[] body, Instant now) {
        return Signature.isGenuine(KEY, id, Long.toString(NOW.getEpochSecond()), header, body, now);
    }
}
