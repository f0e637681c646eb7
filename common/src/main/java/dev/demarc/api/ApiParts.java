package dev.demarc.api;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Attestations;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.govern.Waivers;
import dev.demarc.notify.Deliveries;
import dev.demarc.notify.NoticeLog;
import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.WebhookSender;
import dev.demarc.notify.Webhooks;
import dev.demarc.project.Rebuild;
import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.register.Register;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What the API is made of. {@code cursorKey} signs page tokens: 32 secret bytes or more, the same for every instance that answers;
 * {@code register} counts instead of the stored one when it is given.
 */
public record ApiParts(
        ScopedReads reads,
        Documents documents,
        Catalogue catalogue,
        Rebuilding rebuilding,
        Supplier<byte[]> cursorKey,
        Optional<Register> register) {

    /** Everything from one store; the key of page tokens is kept there as well. {@code within} makes the rebuild of a scope. */
    public static <S extends ScopedReads & Documents> ApiParts of(
            S store, Catalogue catalogue, Function<Scope, Rebuild> within, InstantSource clock) {
        return new ApiParts(
                store, store, catalogue, Rebuilding.of(within), CursorKey.kept(store, clock), Optional.empty());
    }

    /** With a register that counts instead of the stored one. */
    public ApiParts with(Register other) {
        return new ApiParts(reads, documents, catalogue, rebuilding, cursorKey, Optional.of(other));
    }

    List<Operation> operations(Supplier<String> ids) {
        TargetCheck targets = TargetCheck.strict();
        // Only to list deliveries: what sends them runs elsewhere.
        Deliveries deliveries = new Deliveries(
                documents,
                targets,
                (url, headers, body) -> new WebhookSender.Reply.Failed("the API sends nothing itself"),
                RandomGenerator.getDefault());
        Postures postures = new Postures(reads, documents, catalogue, register);
        Listing listing = new Listing(new Cursors(cursorKey));
        return Stream.of(
                        new FindingOperations(postures, listing).all(),
                        new PostureOperations(postures, documents, listing).all(),
                        new ExportOperations(postures).all(),
                        new ResourceOperations(reads, postures, listing).all(),
                        new WaiverOperations(new Waivers(documents), new WaiverUrgency(postures), listing).all(),
                        new AttestationOperations(new Attestations(documents, catalogue), listing).all(),
                        new RegisterOperations(new RegisterVersions(documents)).all(),
                        new NoticeOperations(new NoticeLog(documents), listing).all(),
                        new WebhookOperations(new Webhooks(documents, targets), deliveries, listing, ids).all(),
                        new SystemOperations(reads, documents, catalogue, rebuilding, listing).all())
                .flatMap(List::stream)
                .toList();
    }
}
