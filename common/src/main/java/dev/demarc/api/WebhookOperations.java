package dev.demarc.api;

import dev.demarc.notify.Deliveries;
import dev.demarc.notify.Delivery;
import dev.demarc.notify.NoticeKind;
import dev.demarc.notify.Webhook;
import dev.demarc.notify.WebhookRequest;
import dev.demarc.notify.Webhooks;
import dev.demarc.query.Priority;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is told of notices, and what became of what was sent. */
final class WebhookOperations {
    private static final int TEXT = 2000;
    private static final Set<String> KINDS =
            Stream.of(NoticeKind.values()).map(NoticeKind::word).collect(Collectors.toUnmodifiableSet());

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Listing listing;
    private final Supplier<String> ids;

    WebhookOperations(Webhooks webhooks, Deliveries deliveries, Listing listing, Supplier<String> ids) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.listing = listing;
        this.ids = ids;
    }

    List<Operation> all() {
        return List.of(
                Operation.read(
                                "listWebhooks",
                                "/v1/webhooks",
                                Operation.ADMIN,
                                List.of(Listing.SIZE, Listing.TOKEN),
                                this::list)
                        .wholeTenant(),
                Operation.change("createWebhook", "POST", "/v1/webhooks", Operation.ADMIN, this::create)
                        .wholeTenant(),
                Operation.read("readWebhook", "/v1/webhooks/{id}", Operation.ADMIN, List.of(), this::one)
                        .wholeTenant(),
                Operation.change("deleteWebhook", "DELETE", "/v1/webhooks/{id}", Operation.ADMIN, this::delete)
                        .wholeTenant(),
                Operation.change("resumeWebhook", "POST", "/v1/webhooks/{id}/resume", Operation.ADMIN, this::resume)
                        .wholeTenant(),
                Operation.change(
                                "rotateWebhookSecret",
                                "POST",
                                "/v1/webhooks/{id}/secret",
                                Operation.ADMIN,
                                this::rotate)
                        .wholeTenant(),
                Operation.read(
                                "listDeliveries",
                                "/v1/webhooks/{id}/deliveries",
                                Operation.ADMIN,
                                List.of(Listing.SIZE, Listing.TOKEN),
                                this::deliveries)
                        .wholeTenant());
    }

    private ApiResponse list(Call call) {
        String after = listing.position(call).orElse("");
        List<Webhook> page = webhooks.list(call.scope()).stream()
                .filter(one -> one.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(Webhook::id))
                .limit(Listing.size(call) + 1L)
                .toList();
        return listing.page(call, "webhooks", page, Webhook::json, Webhook::id);
    }

    private ApiResponse create(Call call) {
        BodyReader body = new BodyReader(call.body());
        WebhookRequest request = new WebhookRequest(
                body.text("url", TEXT),
                body.words("kinds", KINDS),
                body.optionalChoice("minimumBand", Priority.Band.class)
                        .orElse(Priority.Band.LOW)
                        .name(),
                body.text("secret", TEXT));
        body.finish();
        String id = Idempotency.id(call).orElseGet(ids);
        Webhook made = Idempotency.made(
                call,
                () -> webhooks.find(call.scope(), id),
                Webhook::createdAt,
                () -> Rulings.made(webhooks.subscribe(call.scope(), id, request, call.now())));
        return tagged(call, 201, made).with("location", "/v1/webhooks/" + id);
    }

    private ApiResponse one(Call call) {
        return tagged(call, 200, find(call));
    }

    private ApiResponse delete(Call call) {
        Webhook known = current(call);
        call.noBody();
        Rulings.value(webhooks.delete(call.scope(), known.id(), known.revision(), call.now()));
        return ApiResponse.empty(204);
    }

    private ApiResponse resume(Call call) {
        Webhook known = current(call);
        call.noBody();
        return tagged(
                call, 200, Rulings.value(webhooks.resume(call.scope(), known.id(), known.revision(), call.now())));
    }

    private ApiResponse rotate(Call call) {
        Webhook known = current(call);
        BodyReader body = new BodyReader(call.body());
        String secret = body.text("secret", TEXT);
        body.finish();
        return tagged(
                call,
                200,
                Rulings.value(webhooks.rotate(call.scope(), known.id(), secret, known.revision(), call.now())));
    }

    private ApiResponse deliveries(Call call) {
        Webhook known = find(call);
        List<Delivery> page =
                deliveries.list(call.scope(), known.id(), listing.position(call).orElse(""), Listing.size(call) + 1);
        return listing.page(call, "deliveries", page, Delivery::json, Delivery::notice);
    }

    private Webhook find(Call call) {
        return webhooks.find(call.scope(), call.id()).orElseThrow(Refusal::notFound);
    }

    /** The webhook at the revision that the caller names. */
    private Webhook current(Call call) {
        Webhook webhook = find(call);
        Conditions.change(call, tag(call, webhook));
        return webhook;
    }

    private static String tag(Call call, Webhook one) {
        return EntityTags.of(call.scope(), "webhook", one.id(), one.revision());
    }

    private static ApiResponse tagged(Call call, int status, Webhook one) {
        return ApiResponse.json(status, one.json()).with("etag", tag(call, one));
    }
}
