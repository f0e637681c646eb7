package dev.demarc.record;

import dev.demarc.model.AccountId;
import java.time.Instant;
import java.util.Optional;

/** Where poison records are kept, counted and listed. An account writes only its own; the centre those that have no account. */
public interface Quarantine {
    /**
     * Keeps a poison record. The digest of its content is its identity: a second delivery only counts. The content itself is not stored.
     * Kept for 30 days after it was last seen.
     */
    void quarantine(Optional<AccountId> account, String source, byte[] content, String reason, Instant now);
}
