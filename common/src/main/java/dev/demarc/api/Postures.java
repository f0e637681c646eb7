package dev.demarc.api;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Decisions;
import dev.demarc.govern.Governance;
import dev.demarc.notify.Workloads;
import dev.demarc.query.Posture;
import dev.demarc.query.Transition;
import dev.demarc.query.Transitions;
import dev.demarc.record.Documents;
import dev.demarc.record.ScopedReads;
import dev.demarc.register.Register;
import java.util.List;
import java.util.Optional;

/** The posture that a caller may see: their scope, what their tenant has decided, now. */
record Postures(ScopedReads reads, Documents documents, Catalogue catalogue, Optional<Register> register) {

    /** The moves of workloads between service types, as far as the caller sees their accounts. */
    List<Transition> transitions(Call call) {
        return new Transitions(catalogue, governance(call).register(), call.now())
                .of(Workloads.read(documents, call.scope(), call.now()));
    }

    Posture of(Call call) {
        return new Posture(reads, call.scope(), catalogue, governance(call), call.now());
    }

    private Governance governance(Call call) {
        Governance decided = Decisions.load(documents, call.scope(), call.now());
        return register.map(one -> new Governance(one, decided.waivers(), decided.attestations()))
                .orElse(decided);
    }
}
