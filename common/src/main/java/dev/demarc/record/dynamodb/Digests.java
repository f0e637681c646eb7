package dev.demarc.record.dynamodb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256, whole or its beginning. */
final class Digests {
    // A collision would leave one resource at its older facts until its next version; 96 bits make that unlikely
    // enough.
    private static final int SHORT_BYTES = 12;

    private Digests() {}

    static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hex(byte[] content) {
        return HexFormat.of().formatHex(sha256(content));
    }

    static byte[] beginning(String text) {
        return Arrays.copyOf(sha256(text.getBytes(StandardCharsets.UTF_8)), SHORT_BYTES);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
