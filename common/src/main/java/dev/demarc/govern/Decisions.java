package dev.demarc.govern;

import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import dev.demarc.register.Register;
import java.time.Instant;

/** Reads what people have decided. */
public final class Decisions {
    private Decisions() {}

    /** The current register, or an empty one, and every waiver and attestation that the scope may see, whatever its state. */
    public static Governance load(Documents documents, Scope scope) {
        return new Governance(
                new RegisterVersions(documents)
                        .current(scope)
                        .map(RegisterVersion::register)
                        .orElseGet(Register::empty),
                new Waivers(documents).list(scope),
                Attestations.all(documents, scope));
    }

    /** As {@link #load(Documents, Scope)}, without the waivers and attestations that were made after {@code now}. */
    public static Governance load(Documents documents, Scope scope, Instant now) {
        Governance all = load(documents, scope);
        return new Governance(
                all.register(),
                all.waivers().stream()
                        .filter(waiver -> !waiver.requestedAt().isAfter(now))
                        .toList(),
                all.attestations().stream()
                        .filter(attestation -> !attestation.attestedAt().isAfter(now))
                        .toList());
    }
}
