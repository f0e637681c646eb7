package dev.demarc.api;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Decisions;
import dev.demarc.govern.Governance;
import dev.demarc.query.Posture;
import dev.demarc.record.Documents;
import dev.demarc.record.ScopedReads;
import dev.demarc.register.Register;
import java.util.Optional;

/** The posture that a caller may see: their scope, what their tenant has decided, now. */
record Postures(ScopedReads reads, Documents documents, Catalogue catalogue, Optional<Register> register) {

    Posture of(Call call) {
        Governance decided = Decisions.load(documents, call.scope(), call.now());
        Governance counts = register.map(one -> new Governance(one, decided.waivers(), decided.attestations()))
                .orElse(decided);
        return new Posture(reads, call.scope(), catalogue, counts, call.now());
    }
}
