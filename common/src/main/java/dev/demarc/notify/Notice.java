package dev.demarc.notify;

import dev.demarc.govern.Digests;
import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened: its kind ({@link NoticeKind#word}), when, and to what. {@code id} is the time in fixed width and a digest of what
 * happened, so that ids sort by time and telling the same thing twice is one notice. {@code details} never hold a resource's configuration.
 */
public record Notice(String id, String kind, Instant at, String subject, Json details) {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** {@code occasion} tells apart what happens to one subject more than once at the same time. */
    static Notice of(NoticeKind kind, Instant at, String subject, String occasion, Json details) {
        String id = place(at) + "#" + Digests.of(kind.word(), subject, occasion);
        return new Notice(id, kind.word(), at, subject, details);
    }

    /** Where notices of this time begin in the order of ids. */
    public static String place(Instant at) {
        return SECONDS.format(at) + String.format(Locale.ROOT, ".%09dZ", at.getNano());
    }

    /** When what the notice of this id tells of happened. */
    static Instant timeOf(String id) {
        int hash = id.indexOf('#');
        return Instant.parse(hash < 0 ? id : id.substring(0, hash));
    }

    /** The account it is about; empty when it is about the whole tenant. */
    public Optional<AccountId> account() {
        return details.at("account").text().map(AccountId::ofKey);
    }

    public Json json() {
        return Json.object()
                .with("id", id)
                .with("kind", kind)
                .with("at", at.toString())
                .with("subject", subject)
                .with("details", details)
                .build();
    }

    static Notice read(Json json) {
        return new Notice(
                json.textAt("id", ""),
                json.textAt("kind", ""),
                Instant.parse(json.textAt("at", "")),
                json.textAt("subject", ""),
                json.at("details"));
    }
}
