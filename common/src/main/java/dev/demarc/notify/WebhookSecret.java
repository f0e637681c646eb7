package dev.demarc.notify;

import java.util.Arrays;
import java.util.Base64;

/** A secret that a webhook and its receiver share. Its text never says what it is: neither messages nor logs can give it away. */
public final class WebhookSecret {
    /** What the text of a secret begins with, as Standard Webhooks has it. */
    public static final String PREFIX = "whsec_";

    private static final int LEAST = 32;
    private static final int MOST = 64;

    private final byte[] bytes;

    private WebhookSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * From {@code whsec_} and Base64, or from Base64 alone.
     *
     * @throws IllegalArgumentException when it is not Base64 of 32 to 64 bytes; the message does not repeat it
     */
    public static WebhookSecret of(String text) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException notBase64) {
            // The decoder's message quotes a character of the secret.
            throw new IllegalArgumentException("a secret is written as whsec_ and Base64");
        }
        return of(decoded);
    }

    public static WebhookSecret of(byte[] bytes) {
        if (bytes.length < LEAST || bytes.length > MOST) {
            throw new IllegalArgumentException("a secret has 32 to 64 random bytes; this one has " + bytes.length);
        }
        if (new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .chars()
                        .distinct()
                        .count()
                < 8) {
            throw new IllegalArgumentException("a secret is random; this one repeats a few bytes");
        }
        return new WebhookSecret(bytes.clone());
    }

    /** For the key of the signature. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** For the store only. */
    String stored() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookSecret that && java.security.MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
