package dev.demarc.api;

import dev.demarc.record.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Page tokens: a position with its expiry, signed with HMAC-SHA256 together with who asked for what. A token is of no use to another tenant,
 * other accounts, another role, another list, filter or order, nor after 24 hours.
 */
final class Cursors {
    static final Duration LIFE = Duration.ofHours(24);
    private static final int MAC_BYTES = 32;

    private final Supplier<byte[]> source;
    private volatile byte[] key = {};

    Cursors(Supplier<byte[]> source) {
        this.source = source;
    }

    private byte[] key() {
        if (key.length == 0) {
            byte[] read = source.get();
            if (read.length < MAC_BYTES) {
                throw new IllegalStateException("the key of page tokens has 32 bytes or more; got " + read.length);
            }
            key = read;
        }
        return key;
    }

    /** What the token is good for, beside the position. */
    private static List<String> binding(Call call) {
        Scope scope = call.scope();
        List<String> parts = new ArrayList<>();
        parts.add(scope.tenant());
        parts.add(scope.role().word());
        parts.add(scope.accounts()
                .map(some -> String.join(
                        " ", some.stream().map(Object::toString).sorted().toList()))
                .orElse("*"));
        parts.add(call.operation().id());
        parts.add(call.path().toString());
        Map<String, List<String>> wanted = new TreeMap<>(call.request().query());
        wanted.remove("pageToken");
        wanted.remove("pageSize");
        wanted.forEach((name, values) -> {
            parts.add(name);
            parts.add(Integer.toString(values.size()));
            values.stream().sorted().forEach(parts::add);
        });
        return parts;
    }

    String seal(Call call, String position) {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        long expires = call.now().plus(LIFE).getEpochSecond();
        byte[] mac = mac(call, expires, position);
        byte[] token = ByteBuffer.allocate(Long.BYTES + MAC_BYTES + text.length)
                .putLong(expires)
                .put(mac)
                .put(text)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The position to go on from; empty for the first page. */
    Optional<String> position(Call call) {
        return call.parameters().text("pageToken").map(token -> open(call, token));
    }

    private String open(Call call, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            throw unusable();
        }
        // A decoder ignores spare bits in the last character; a token has one spelling.
        boolean canonical =
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token);
        if (!canonical || bytes.length < Long.BYTES + MAC_BYTES) {
            throw unusable();
        }
        long expires = ByteBuffer.wrap(bytes).getLong();
        byte[] mac = Arrays.copyOfRange(bytes, Long.BYTES, Long.BYTES + MAC_BYTES);
        String position = new String(
                bytes, Long.BYTES + MAC_BYTES, bytes.length - Long.BYTES - MAC_BYTES, StandardCharsets.UTF_8);
        boolean genuine = MessageDigest.isEqual(mac, mac(call, expires, position));
        if (!genuine || !call.now().isBefore(Instant.ofEpochSecond(expires))) {
            throw unusable();
        }
        return position;
    }

    private byte[] mac(Call call, long expires, String position) {
        List<String> parts = new ArrayList<>(binding(call));
        parts.add(Long.toString(expires));
        parts.add(position);
        return Digests.mac(key(), parts);
    }

    private static Refusal unusable() {
        return Refusal.of(
                Problem.Kind.BAD_CURSOR,
                "pageToken was not given out for this list, filter, order and caller, or is older than 24 hours; start again without it");
    }
}
