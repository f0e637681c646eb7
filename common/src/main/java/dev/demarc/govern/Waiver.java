package dev.demarc.govern;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.Optional;

/**
 * An accepted gap: who answers for it, why, what was decided, what compensates, and until when. What it covers is still evaluated, and its
 * findings stay visible as waived. Every change is a new revision; none is lost.
 */
public record Waiver(
        String id,
        Subject subject,
        String owner,
        String reason,
        Decision decision,
        String compensatingControl,
        Instant expiresAt,
        Status status,
        String requestedBy,
        Instant requestedAt,
        Optional<String> decidedBy,
        Optional<Instant> decidedAt,
        long revision) {

    /** A control on one resource, on a service type in one account, in one account, on a service type, or everywhere (all three empty). */
    public record Subject(
            ControlId control, Optional<String> resource, Optional<AccountId> account, Optional<ServiceType> serviceType) {

        public boolean covers(
                ControlId otherControl,
                Optional<String> otherResource,
                Optional<AccountId> otherAccount,
                ServiceType otherType) {
            return control.equals(otherControl)
                    && (resource.isEmpty() || resource.equals(otherResource))
                    && (account.isEmpty() || account.equals(otherAccount))
                    && serviceType.map(otherType::equals).orElse(true);
        }
    }

    /** What was decided about the risk. */
    public enum Decision {
        ACCEPT,
        MITIGATE,
        TRANSFER,
        FIX_LATER
    }

    public enum Status {
        REQUESTED,
        APPROVED,
        REJECTED,
        REVOKED
    }

    public boolean isActiveAt(Instant now) {
        return status == Status.APPROVED && now.isBefore(expiresAt);
    }

    public boolean hasExpiredAt(Instant now) {
        return status == Status.APPROVED && !now.isBefore(expiresAt);
    }
}
