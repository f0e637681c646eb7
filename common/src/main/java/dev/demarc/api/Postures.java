package dev.demarc.api;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Decisions;
import dev.demarc.query.Posture;
import dev.demarc.record.Documents;
import dev.demarc.record.ScopedReads;

/** The posture that a caller may see: their scope, what their tenant has decided, now. */
final class Postures {
    private final ScopedReads reads;
    private final Documents documents;
    private final Catalogue catalogue;

    Postures(ScopedReads reads, Documents documents, Catalogue catalogue) {
        this.reads = reads;
        this.documents = documents;
        this.catalogue = catalogue;
    }

    Posture of(Call call) {
        return new Posture(
                reads, call.scope(), catalogue, Decisions.load(documents, call.scope(), call.now()), call.now());
    }
}
