package dev.demarc.api;

import dev.demarc.json.Json;
import java.util.List;

/**
 * What the caller did wrong and what to send instead (RFC 9457). {@code type} is a stable URI, {@code urn:demarc:problem:bad-cursor};
 * {@code errors} name each single mistake with the part of the request it is in and a JSON pointer inside that part.
 */
record Problem(Kind kind, String detail, List<Mistake> errors) {
    static final String CONTENT_TYPE = "application/problem+json";

    /** One mistake. {@code in} is query, path, header or body. */
    record Mistake(String in, String pointer, String detail) {
        Json json() {
            return Json.object()
                    .with("in", in)
                    .with("pointer", pointer)
                    .with("detail", detail)
                    .build();
        }
    }

    /** What kinds of mistake there are, each with its status and the last part of its type. */
    enum Kind {
        MALFORMED_REQUEST(400, "malformed-request", "The request cannot be read"),
        BAD_PARAMETER(400, "bad-parameter", "A parameter cannot be used"),
        BAD_CURSOR(400, "bad-cursor", "The page token cannot be used"),
        UNAUTHENTICATED(401, "unauthenticated", "Credentials are needed"),
        FORBIDDEN(403, "forbidden", "The role may not do this"),
        NOT_FOUND(404, "not-found", "Not found"),
        METHOD_NOT_ALLOWED(405, "method-not-allowed", "The path does not take this method"),
        NOT_ACCEPTABLE(406, "not-acceptable", "No form of the answer is acceptable"),
        CONFLICT(409, "conflict", "The present state does not allow this"),
        STALE(412, "stale", "The document has changed"),
        TOO_LARGE(413, "too-large", "The body is too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body has a form that is not read here"),
        INVALID(422, "invalid", "The content is not valid"),
        KEY_REUSED(422, "idempotency-key-reused", "The idempotency key belongs to another request"),
        PRECONDITION_REQUIRED(428, "precondition-required", "A change needs If-Match");

        private final int status;
        private final String slug;
        private final String title;

        Kind(int status, String slug, String title) {
            this.status = status;
            this.slug = slug;
            this.title = title;
        }

        int status() {
            return status;
        }

        String type() {
            return "urn:demarc:problem:" + slug;
        }
    }

    Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(Kind kind, String detail) {
        return new Problem(kind, detail, List.of());
    }

    ApiResponse response() {
        Json.Builder json = Json.object()
                .with("type", kind.type())
                .with("title", kind.title)
                .with("status", kind.status)
                .with("detail", detail);
        if (!errors.isEmpty()) {
            json.with("errors", Json.array(errors.stream().map(Mistake::json).toList()));
        }
        return ApiResponse.of(kind.status, CONTENT_TYPE, json.build().write());
    }
}
