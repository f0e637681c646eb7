package dev.demarc.govern;

import dev.demarc.register.Register;
import java.util.List;

/** What people have decided, at one moment: the register, waivers and attestations of a tenant, whatever their state. */
public record Governance(Register register, List<Waiver> waivers, List<Attestation> attestations) {
    public Governance {
        waivers = List.copyOf(waivers);
        attestations = List.copyOf(attestations);
    }

    /** Only a register: nothing waived, nothing attested. */
    public static Governance of(Register register) {
        return new Governance(register, List.of(), List.of());
    }
}
