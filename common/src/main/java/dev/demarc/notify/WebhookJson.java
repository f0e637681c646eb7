package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.query.Priority;
import dev.demarc.record.Documents.Document;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The stored form of a webhook, secrets included: it leaves the store only to sign. */
final class WebhookJson {
    private static final String DELETED = "DELETED";

    private WebhookJson() {}

    static Json write(Webhook webhook) {
        return Json.object()
                .with("url", webhook.url().toString())
                .with(
                        "kinds",
                        Json.array(webhook.kinds().stream()
                                .sorted()
                                .map(kind -> Json.of(kind.name()))
                                .toList()))
                .with("minimumBand", webhook.minimumBand().name())
                .with("state", webhook.state().name())
                .with("pausedBecause", webhook.pausedBecause())
                .with(
                        "keys",
                        Json.array(webhook.keys().stream().map(WebhookJson::key).toList()))
                .with("createdAt", webhook.createdAt().toString())
                .build();
    }

    private static Json key(Webhook.Key key) {
        return Json.object()
                .with("secret", key.secret().stored())
                .with("until", key.until().map(Instant::toString))
                .build();
    }

    /** What is left of a webhook that was deleted. */
    static Json deleted() {
        return Json.object().with("state", DELETED).build();
    }

    /** Empty when it was deleted. */
    static Optional<Webhook> read(Document document) {
        Json body = document.body();
        if (body.textAt("state", "").equals(DELETED)) {
            return Optional.empty();
        }
        Set<NoticeKind> kinds = new LinkedHashSet<>();
        body.at("kinds")
                .elements()
                .forEach(kind -> kind.text().map(NoticeKind::valueOf).ifPresent(kinds::add));
        return Optional.of(new Webhook(
                document.id(),
                URI.create(body.textAt("url", "")),
                kinds,
                Priority.Band.valueOf(body.textAt("minimumBand", "LOW")),
                Webhook.State.valueOf(body.textAt("state", "")),
                body.at("pausedBecause").text(),
                body.at("keys").elements().stream().map(WebhookJson::key).toList(),
                Instant.parse(body.textAt("createdAt", "")),
                document.revision()));
    }

    private static Webhook.Key key(Json key) {
        return new Webhook.Key(
                WebhookSecret.of(key.textAt("secret", "")),
                key.at("until").text().map(Instant::parse));
    }
}
