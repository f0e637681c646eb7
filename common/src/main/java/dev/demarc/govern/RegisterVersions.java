package dev.demarc.govern;

import dev.demarc.govern.Ruling.Cause;
import dev.demarc.govern.Ruling.Reason;
import dev.demarc.json.Json;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Scope;
import dev.demarc.register.RegisterReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The register of a tenant, version by version. None is ever changed; the newest counts. */
public final class RegisterVersions {
    private static final String CURRENT = "current";
    /** Bytes of UTF-8; what a store keeps in one item, with room for what stands beside it. */
    private static final int LARGEST = 350_000;

    private final Documents documents;

    public RegisterVersions(Documents documents) {
        this.documents = documents;
    }

    /** Empty when none was ever pushed. */
    public Optional<RegisterVersion> current(Scope scope) {
        return documents.document(scope, Kind.REGISTER, CURRENT).map(RegisterVersions::read);
    }

    /** All versions, the newest first. */
    public List<RegisterVersion> versions(Scope scope) {
        return documents.revisions(scope, Kind.REGISTER, CURRENT).stream()
                .map(RegisterVersions::read)
                .toList();
    }

    public Optional<RegisterVersion> version(Scope scope, long number) {
        return documents.revisions(scope, Kind.REGISTER, CURRENT).stream()
                .filter(one -> one.revision() == number)
                .findFirst()
                .map(RegisterVersions::read);
    }

    /**
     * Makes the document the next version after {@code expected} (0 for the first one). Refused with every mistake and its JSON pointer
     * when it is no register.
     */
    public Ruling<RegisterVersion> push(Scope scope, Json json, long expected, Instant now) {
        // It speaks for all accounts, so it takes a scope that is the whole tenant.
        Optional<Ruling<RegisterVersion>> refusal = Permissions.refusal(scope, Permissions.EDITORS, Optional.empty());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        RegisterReader.Result result = RegisterReader.read(json);
        if (!result.mistakes().isEmpty()) {
            return Ruling.refused(
                    Cause.RULE,
                    result.mistakes().stream()
                            .map(one -> new Reason(one.pointer(), one.message(), "correct it and push again"))
                            .toList());
        }
        int size = json.write().getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST) {
            return Ruling.refused(Cause.RULE, "", "the register has " + size + " bytes", "shorten it to " + LARGEST);
        }
        long current = documents
                .document(scope, Kind.REGISTER, CURRENT)
                .map(Document::revision)
                .orElse(0L);
        Documents.Write write = new Documents.Write(Kind.REGISTER, CURRENT, expected, now, scope.subject(), json);
        if (current != expected || !documents.write(scope, write)) {
            return Ruling.refused(
                    Cause.STALE,
                    "revision",
                    "the register is not at version " + expected,
                    "look at the differences to the current version and push again");
        }
        return Ruling.done(new RegisterVersion(expected + 1, now, scope.subject(), json, result.register()));
    }

    /**
     * What was stored was without mistakes then. Should a later reader find some, what it cannot read is not documented, which is the safe
     * side.
     */
    private static RegisterVersion read(Document document) {
        return new RegisterVersion(
                document.revision(),
                document.at(),
                document.by(),
                document.body(),
                RegisterReader.read(document.body()).register());
    }
}
