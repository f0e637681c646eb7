package dev.demarc.api;

/** Conditional requests (RFC 9110 §13): 304 for what the caller already has, 412 and 428 for changes. */
final class Conditions {
    private Conditions() {}

    /** Tags a read; answers 304 when the caller has this very answer. */
    static ApiResponse read(Call call, ApiResponse response) {
        if (response.status() != 200) {
            return response;
        }
        String known = response.headers().get("etag");
        String tag = known != null
                ? known
                : EntityTags.of(call.caller(), response.headers().getOrDefault("content-type", ""), response.body());
        ApiResponse tagged = response.with("etag", tag).with("cache-control", "private, no-cache");
        boolean has = call.request()
                .header("if-none-match")
                // A gateway that compresses weakens tags; for a read that makes no difference.
                .filter(header -> EntityTags.names(header.replace("W/", ""), tag.replace("W/", "")))
                .isPresent();
        return has ? new ApiResponse(304, tagged.headers(), "").without("content-type") : tagged;
    }

    /** Refuses a change that does not say which revision it is of, or says another than the current one. */
    static void change(Call call, String currentTag) {
        String header = call.request()
                .header("if-match")
                .filter(tags -> !tags.isBlank())
                .orElseThrow(() -> new Refusal(new Problem(
                        Problem.Kind.PRECONDITION_REQUIRED,
                        "send If-Match with the ETag of the document that you read",
                        java.util.List.of(new Problem.Mistake("header", "/if-match", "is missing")))));
        if (!EntityTags.names(header, currentTag)) {
            throw stale();
        }
    }

    /** As {@link #change}, for a decision: with {@code *} somebody would decide on what they have not looked at. */
    static void decision(Call call, String currentTag) {
        boolean unseen = call.request()
                .header("if-match")
                .filter(tags -> EntityTags.names(tags, ""))
                .isPresent();
        if (unseen) {
            throw new Refusal(new Problem(
                    Problem.Kind.PRECONDITION_REQUIRED,
                    "a decision is about the revision that you read; send If-Match with its ETag, not *",
                    java.util.List.of(new Problem.Mistake("header", "/if-match", "is *, which names no revision"))));
        }
        change(call, currentTag);
    }

    static Refusal stale() {
        return Refusal.of(
                Problem.Kind.STALE,
                "somebody changed the document since you read it; read it again and repeat the change");
    }
}
