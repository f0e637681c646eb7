package dev.demarc.notify;

import dev.demarc.govern.Digests;
import dev.demarc.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is posted: a small JSON object, and headers by which the receiver knows that it is ours, recent, and not seen before. */
record WebhookMessage(String id, byte[] body) {

    /** The same notice to the same webhook is the same message, however often it is sent. */
    static WebhookMessage of(Webhook webhook, Notice notice) {
        Json body = Json.object()
                .with("type", notice.kind())
                .with("timestamp", notice.at().toString())
                .with(
                        "data",
                        Json.object()
                                .with("notice", notice.id())
                                .with("subject", notice.subject())
                                .with("details", notice.details())
                                .build())
                .build();
        return new WebhookMessage(
                "msg_" + Digests.of(webhook.id(), webhook.createdAt(), notice.id()),
                body.write().getBytes(StandardCharsets.UTF_8));
    }

    Map<String, String> headers(Webhook webhook, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", "Demarc");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", Signature.header(webhook.secretsAt(now), id, now.getEpochSecond(), body));
        return headers;
    }
}
