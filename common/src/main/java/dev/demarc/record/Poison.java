package dev.demarc.record;

import dev.demarc.model.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that no retry can mend, kept visible without its content: where it came from, why it is refused, its size in bytes and the
 * SHA-256 of its content in hex. The same content from the same source is one entry; {@code deliveries} counts how often it came.
 */
public record Poison(
        Optional<AccountId> account,
        String source,
        String digest,
        String reason,
        long size,
        Instant firstSeen,
        Instant lastSeen,
        long deliveries) {}
