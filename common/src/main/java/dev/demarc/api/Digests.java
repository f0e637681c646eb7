package dev.demarc.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 over a list of texts, each with its length before it, so that no two lists give the same bytes. */
final class Digests {
    private Digests() {}

    static byte[] hash(List<String> parts) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(framed(parts));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] mac(byte[] key, List<String> parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(framed(parts));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] framed(List<String> parts) {
        List<byte[]> bytes = parts.stream()
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer out = ByteBuffer.allocate(
                bytes.stream().mapToInt(one -> one.length + Integer.BYTES).sum());
        bytes.forEach(one -> out.putInt(one.length).put(one));
        return out.array();
    }
}
