package dev.demarc.govern;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An accepted gap: who answers for it, why, what was decided, what compensates, and until when. What it covers is still evaluated, and its
 * findings stay visible as waived. Every change is a new revision; none is lost. {@code terms} are those of the most urgent band it was
 * requested or approved for; {@code note} says why it was rejected or revoked and is empty otherwise; {@code extension} is a later expiry
 * that waits for approval while the waiver goes on as it is.
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
        long revision,
        WaiverTerms terms,
        String note,
        Optional<Extension> extension) {
    private static final Duration WARNING = Duration.ofDays(14);

    /** Under the strictest terms, with nothing waiting. */
    public Waiver(
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
        this(
                id,
                subject,
                owner,
                reason,
                decision,
                compensatingControl,
                expiresAt,
                status,
                requestedBy,
                requestedAt,
                decidedBy,
                decidedAt,
                revision,
                WaiverTerms.CRITICAL,
                "",
                Optional.empty());
    }

    /** A later expiry that somebody asked for, and why. */
    public record Extension(Instant expiresAt, String reason, String requestedBy, Instant requestedAt) {}

    /** A control on one resource, on a service type in one account, in one account, on a service type, or everywhere (all three empty). */
    public record Subject(
            ControlId control,
            Optional<String> resource,
            Optional<AccountId> account,
            Optional<ServiceType> serviceType) {

        /** The account that the subject lies in; empty when it is not about one account. Throws for a resource that is no resource key. */
        public Optional<AccountId> home() {
            return resource.map(key -> AccountId.of(ResourceId.ofKey(key))).or(() -> account);
        }

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

    /** Whether somebody has to decide: on the waiver, or on its extension. */
    public boolean isPending() {
        return status == Status.REQUESTED || extension.isPresent();
    }

    /** When to warn that it runs out: 14 days before, or a quarter of its life when that is shorter. */
    public Instant warnAt() {
        Duration quarter =
                Duration.between(decidedAt.orElse(requestedAt), expiresAt).dividedBy(4);
        return expiresAt.minus(quarter.compareTo(WARNING) < 0 ? quarter : WARNING);
    }

    public boolean hasExpiredAt(Instant now) {
        return status == Status.APPROVED && !now.isBefore(expiresAt);
    }
}
