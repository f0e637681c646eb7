package dev.demarc.catalogue;

import dev.demarc.model.ControlId;
import java.util.List;
import java.util.Optional;

/** Who owns a control of a service type, what the provider's default is, how it is decided, and which document says so. */
public record Responsibility(
        ControlId control,
        Owner owner,
        List<OwnerWhen> ownerWhen,
        String providerDefault,
        String absence,
        String providerDoes,
        String customerDoes,
        Decision decision,
        String remediation,
        List<Source> sources,
        String confidence,
        String note,
        String revision) {

    public enum Owner {
        CUSTOMER,
        PROVIDER,
        SHARED,
        CONDITIONAL
    }

    /** One arm of conditional ownership. */
    public record OwnerWhen(Owner owner, Condition when, String because) {}

    /** A provider's document; {@code opened} is yes, in-part or no. */
    public record Source(String id, String url, String lookedAt, String opened) {}

    /** How the control is decided. */
    public sealed interface Decision {
        record Check(Condition condition, Optional<NotApplicable> notApplicable) implements Decision {}

        record NotApplicable(Condition when, String because) {}

        record ByProvider(String because) implements Decision {}

        record ByAttestation(String because) implements Decision {}

        record ByGuest(String because) implements Decision {}

        /** As one tells it: by configuration, by the provider, by attestation, inside the guest. */
        default String word() {
            return switch (this) {
                case Check ignored -> "by configuration";
                case ByProvider ignored -> "by the provider";
                case ByAttestation ignored -> "by attestation";
                case ByGuest ignored -> "inside the guest";
            };
        }
    }

    public Responsibility {
        ownerWhen = List.copyOf(ownerWhen);
        sources = List.copyOf(sources);
    }

    /** True when configuration can decide this row. */
    public boolean isDecidable() {
        return decision instanceof Decision.Check;
    }
}
