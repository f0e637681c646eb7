package dev.demarc.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Standard Webhooks signatures: {@code v1,} and the Base64 of HMAC-SHA256 over {@code id.timestamp.body}. During a change of secrets there
 * are two, with a space between.
 */
public final class Signature {
    /** How far the timestamp of a message may be from the receiver's clock. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private Signature() {}

    static String header(List<WebhookSecret> secrets, String id, long timestamp, byte[] body) {
        return secrets.stream()
                .map(secret ->
                        "v1," + Base64.getEncoder().encodeToString(hmac(secret, id, Long.toString(timestamp), body)))
                .collect(Collectors.joining(" "));
    }

    /**
     * What a receiver does: true when one of the signatures is the secret's own and the timestamp, in seconds, is within {@link #WINDOW} of
     * now. The receiver must also remember the ids of that window, and take each once.
     */
    public static boolean isGenuine(
            WebhookSecret secret, String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (!timestamp.matches("\\d{1,11}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        if (age.compareTo(WINDOW) > 0) {
            return false;
        }
        byte[] expected = hmac(secret, id, timestamp, body);
        boolean found = false;
        for (String signature : signatures.split(" ", -1)) {
            // The first part is the version; a constant-time comparison tells an attacker nothing by how long it takes.
            found |= signature.startsWith("v1,") && MessageDigest.isEqual(expected, decoded(signature.substring(3)));
        }
        return found;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static byte[] hmac(WebhookSecret secret, String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
