package dev.demarc.pipeline;

import dev.demarc.model.ResourceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which resources of a type a sweep has listed, as short hashes that fit a checkpoint. Two resources with one hash make a deleted one look
 * listed, which retires it a sweep later; never the other way round. {@code whole} says that the set lacks none of the listed ones.
 */
public record Seen(Set<Long> hashes, boolean whole) {
    /** Listed resources that a checkpoint carries at most: 16 kB. */
    static final int CARRIED = 2_000;

    private static final int BYTES = 6;

    public Seen {
        hashes = Collections.unmodifiableSet(new TreeSet<>(hashes));
    }

    static Seen none() {
        return new Seen(Set.of(), true);
    }

    /** Of a list whose beginning is not known any more. */
    static Seen forgotten() {
        return new Seen(Set.of(), false);
    }

    static long hash(ResourceId resource) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(resource.key().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> 16;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String write() {
        if (!whole || hashes.size() > CARRIED) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * BYTES + 1).put((byte) 1);
        hashes.forEach(hash -> bytes.putShort((short) (hash >>> 32)).putInt((int) (long) hash));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Seen read(String text) {
        if (text.isEmpty()) {
            return forgotten();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.remaining() % BYTES != 1 || bytes.get() != 1) {
            throw new IllegalArgumentException("the checkpoint does not say what was listed; start the sweep anew");
        }
        Set<Long> hashes = new TreeSet<>();
        while (bytes.hasRemaining()) {
            long high = Short.toUnsignedLong(bytes.getShort());
            hashes.add(high << 32 | Integer.toUnsignedLong(bytes.getInt()));
        }
        return new Seen(hashes, true);
    }
}
