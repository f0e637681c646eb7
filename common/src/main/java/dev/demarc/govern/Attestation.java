package dev.demarc.govern;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.Optional;

/**
 * A person's dated statement that a control is in place where configuration cannot show it, for a service type in one account or in all.
 * It answers "implemented?" until it expires; it never answers "continuously validated?".
 */
public record Attestation(
        String id,
        ServiceType serviceType,
        ControlId control,
        Optional<AccountId> account,
        String statement,
        String evidence,
        String attestedBy,
        Instant attestedAt,
        Instant expiresAt,
        boolean revoked,
        long revision) {

    public boolean isValidAt(Instant now) {
        return !revoked && now.isBefore(expiresAt) && !now.isBefore(attestedAt);
    }
}
