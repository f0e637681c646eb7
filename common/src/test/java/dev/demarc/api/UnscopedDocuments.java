package dev.demarc.api;

import dev.demarc.record.Documents;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.util.List;
import java.util.Optional;

/** Documents of a store that forgets to look at the tenant: a control like {@link Unscoped}. */
record UnscopedDocuments(Documents documents) implements Documents {

    private static List<Scope> everyone(Scope scope) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(scope.tenant()), Estates.TENANTS.stream())
                .distinct()
                .map(tenant -> new Scope(tenant, Optional.empty(), Role.ADMIN, "everyone"))
                .toList();
    }

    @Override
    public Optional<Document> document(Scope scope, Kind kind, String id) {
        return everyone(scope).stream()
                .flatMap(one -> documents.document(one, kind, id).stream())
                .findFirst();
    }

    @Override
    public List<Document> documents(Scope scope, Kind kind, String afterId, int limit) {
        return everyone(scope).stream()
                .flatMap(one -> documents.documents(one, kind, afterId, limit).stream())
                .sorted(java.util.Comparator.comparing(Document::id))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Document> revisions(Scope scope, Kind kind, String id) {
        return everyone(scope).stream()
                .flatMap(one -> documents.revisions(one, kind, id).stream())
                .toList();
    }

    @Override
    public boolean write(Scope scope, Write write) {
        return documents.write(scope, write);
    }
}
