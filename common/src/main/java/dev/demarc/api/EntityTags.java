package dev.demarc.api;

import dev.demarc.record.Scope;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Entity tags: of answers by content and scope, of documents by revision. */
final class EntityTags {
    private static final int BYTES = 16;

    private EntityTags() {}

    /** The tag of an answer: the same content gives another tag to another scope. */
    static String of(Optional<Scope> scope, String contentType, String body) {
        return tag(List.of("answer", owner(scope), contentType, body));
    }

    /** The tag of a revision of a document. */
    static String of(Scope scope, String kind, String id, long revision) {
        return tag(List.of("document", scope.tenant(), kind, id, Long.toString(revision)));
    }

    /** Tenant, role and accounts as text, the same for every subject that may see the same. */
    static String owner(Optional<Scope> scope) {
        return scope.map(one -> one.tenant() + " " + one.role() + " "
                        + one.accounts()
                                .map(some -> some.stream()
                                        .map(Object::toString)
                                        .sorted()
                                        .toList()
                                        .toString())
                                .orElse("*"))
                .orElse("");
    }

    private static String tag(List<String> parts) {
        byte[] hash = Arrays.copyOf(Digests.hash(parts), BYTES);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
    }

    /** Whether a list of tags in {@code If-None-Match} or {@code If-Match} names the tag. {@code *} names every one. */
    static boolean names(String header, String tag) {
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag));
    }
}
