package dev.demarc.notify;

import dev.demarc.govern.Ruling;
import dev.demarc.govern.Ruling.Cause;
import dev.demarc.govern.Ruling.Reason;
import dev.demarc.json.Json;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The webhooks of a tenant. A webhook is told of all accounts, so only an administrator of the whole tenant may see or change them; to
 * everyone else there are none.
 */
public final class Webhooks {
    /** How long the secret before still signs after a new one was given. */
    public static final Duration OVERLAP = Duration.ofDays(1);

    private static final int AT_MOST = 50;
    private static final int PAGE = 200;

    private final Documents documents;
    private final TargetCheck targets;

    public Webhooks(Documents documents, TargetCheck targets) {
        this.documents = documents;
        this.targets = targets;
    }

    /** Makes a webhook of this id, which is new: lower-case letters, digits and hyphens. */
    public Ruling<Webhook> subscribe(Scope scope, String id, WebhookRequest request, Instant now) {
        if (!mayDecide(scope)) {
            return forbidden();
        }
        if (!id.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            return Ruling.refused(Cause.RULE, "id", "it is not an id", "use lower-case letters, digits and hyphens");
        }
        List<Reason> reasons = request.reasonsAgainst(targets);
        if (!reasons.isEmpty()) {
            return Ruling.refused(Cause.RULE, reasons);
        }
        if (documents.document(scope, Kind.WEBHOOK, id).isPresent()) {
            return Ruling.refused(Cause.STATE, "id", "it is taken, by a deleted webhook perhaps", "choose another id");
        }
        if (list(scope).size() >= AT_MOST) {
            return Ruling.refused(Cause.STATE, "webhooks", "there are " + AT_MOST + " already", "delete one first");
        }
        Webhook webhook = new Webhook(
                id,
                request.address().orElseThrow(),
                request.wanted(),
                request.band().orElseThrow(),
                Webhook.State.ACTIVE,
                Optional.empty(),
                List.of(new Webhook.Key(WebhookSecret.of(request.secret()), Optional.empty())),
                now,
                1);
        return write(scope, webhook, 0, now);
    }

    public List<Webhook> list(Scope scope) {
        List<Webhook> webhooks = new ArrayList<>();
        if (!mayDecide(scope)) {
            return webhooks;
        }
        String after = "";
        while (true) {
            List<Document> page = documents.documents(scope, Kind.WEBHOOK, after, PAGE);
            if (page.isEmpty()) {
                return webhooks;
            }
            page.forEach(document -> WebhookJson.read(document).ifPresent(webhooks::add));
            after = page.getLast().id();
        }
    }

    public Optional<Webhook> find(Scope scope, String id) {
        return mayDecide(scope)
                ? documents.document(scope, Kind.WEBHOOK, id).flatMap(WebhookJson::read)
                : Optional.empty();
    }

    /** The webhook is told no more; its open deliveries are not tried again. */
    public Ruling<Webhook> delete(Scope scope, String id, long expected, Instant now) {
        return change(scope, id, expected, now, webhook -> webhook, ignored -> WebhookJson.deleted());
    }

    /** Signs with this secret from now on, and with the one before as well for {@link #OVERLAP}. */
    public Ruling<Webhook> rotate(Scope scope, String id, String secret, long expected, Instant now) {
        WebhookSecret next;
        try {
            next = WebhookSecret.of(secret);
        } catch (IllegalArgumentException unfit) {
            return Ruling.refused(
                    Cause.RULE,
                    "secret",
                    String.valueOf(unfit.getMessage()),
                    "give whsec_ and the Base64 of 32 random bytes");
        }
        return change(
                scope,
                id,
                expected,
                now,
                webhook -> withKeys(webhook, rotated(webhook, next, now)),
                WebhookJson::write);
    }

    private static List<Webhook.Key> rotated(Webhook webhook, WebhookSecret next, Instant now) {
        List<Webhook.Key> keys = new ArrayList<>();
        keys.add(new Webhook.Key(next, Optional.empty()));
        webhook.keys().stream()
                .filter(key -> key.until().isEmpty() && !key.secret().equals(next))
                .forEach(key -> keys.add(new Webhook.Key(key.secret(), Optional.of(now.plus(OVERLAP)))));
        return keys;
    }

    public Ruling<Webhook> resume(Scope scope, String id, long expected, Instant now) {
        return change(
                scope,
                id,
                expected,
                now,
                webhook -> withState(webhook, Webhook.State.ACTIVE, Optional.empty()),
                WebhookJson::write);
    }

    public Ruling<Webhook> pause(Scope scope, String id, String because, long expected, Instant now) {
        return change(
                scope,
                id,
                expected,
                now,
                webhook -> withState(webhook, Webhook.State.PAUSED, Optional.of(because)),
                WebhookJson::write);
    }

    private interface Change {
        Webhook of(Webhook webhook);
    }

    private interface Form {
        Json of(Webhook webhook);
    }

    private Ruling<Webhook> change(Scope scope, String id, long expected, Instant now, Change change, Form form) {
        Optional<Webhook> found = find(scope, id);
        if (found.isEmpty()) {
            return Ruling.refused(Cause.NOT_FOUND, "id", "there is no such webhook", "list the webhooks");
        }
        if (found.get().revision() != expected) {
            return stale();
        }
        Webhook changed = change.of(found.get());
        return write(scope, changed, form.of(changed), expected, now);
    }

    private Ruling<Webhook> write(Scope scope, Webhook webhook, long expected, Instant now) {
        return write(scope, webhook, WebhookJson.write(webhook), expected, now);
    }

    private Ruling<Webhook> write(Scope scope, Webhook webhook, Json body, long expected, Instant now) {
        Write write = new Write(Kind.WEBHOOK, webhook.id(), expected, now, scope.subject(), body);
        return documents.write(scope, write) ? Ruling.done(withRevision(webhook, expected + 1)) : stale();
    }

    static boolean mayDecide(Scope scope) {
        return scope.isWhole() && scope.role() == Role.ADMIN;
    }

    private static Ruling<Webhook> forbidden() {
        return Ruling.refused(
                Cause.FORBIDDEN,
                "webhooks",
                "a webhook is told of all accounts",
                "ask an administrator of the whole tenant");
    }

    private static Ruling<Webhook> stale() {
        return Ruling.refused(
                Cause.STALE, "revision", "the webhook is not at the expected revision", "read it and try again");
    }

    private static Webhook withKeys(Webhook one, List<Webhook.Key> keys) {
        return new Webhook(
                one.id(),
                one.url(),
                one.kinds(),
                one.minimumBand(),
                one.state(),
                one.pausedBecause(),
                keys,
                one.createdAt(),
                one.revision());
    }

    private static Webhook withState(Webhook one, Webhook.State state, Optional<String> because) {
        return new Webhook(
                one.id(),
                one.url(),
                one.kinds(),
                one.minimumBand(),
                state,
                because,
                one.keys(),
                one.createdAt(),
                one.revision());
    }

    private static Webhook withRevision(Webhook one, long revision) {
        return new Webhook(
                one.id(),
                one.url(),
                one.kinds(),
                one.minimumBand(),
                one.state(),
                one.pausedBecause(),
                one.keys(),
                one.createdAt(),
                revision);
    }
}
