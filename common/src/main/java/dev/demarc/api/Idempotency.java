package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Requests with an {@code Idempotency-Key}: for 24 hours the same key with the same body gets the same answer, and another body is refused.
 * A key belongs to its caller, with role and accounts, and its path. The key is taken before the work begins, so two at once do it once.
 */
final class Idempotency {
    static final Duration LIFE = Duration.ofHours(24);
    // A request that was cut off leaves its key taken; after this long it may be done again. What it made has an id
    // from the key, so it is
    // not made twice.
    static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Documents documents;

    Idempotency(Documents documents) {
        this.documents = documents;
    }

    /** An id for what the request makes: the same for every repetition with the same key. */
    static Optional<String> id(Call call) {
        return key(call).map(key -> digest(call, key).substring(0, 32));
    }

    /**
     * What the request makes under {@link #id}. A request that was cut off after its work has made it already, and its repetition is answered
     * with that: within {@link #LIFE} the key itself shows that the bodies are the same.
     */
    static <T> T made(Call call, Supplier<Optional<T>> before, Function<T, Instant> madeAt, Supplier<T> make) {
        return key(call)
                .flatMap(ignored -> before.get())
                .filter(one -> call.now().isBefore(madeAt.apply(one).plus(LIFE)))
                .orElseGet(make);
    }

    private static Optional<String> key(Call call) {
        Optional<String> key = call.request().header("idempotency-key");
        if (key.isPresent() && !KEY.matcher(key.get()).matches()) {
            throw new Refusal(new Problem(
                    Problem.Kind.MALFORMED_REQUEST,
                    "Idempotency-Key is 1 to 255 visible ASCII characters",
                    List.of(new Problem.Mistake("header", "/idempotency-key", "has another form"))));
        }
        return key;
    }

    private static String digest(Call call, String key) {
        return HexFormat.of()
                .formatHex(Digests.hash(List.of(
                        call.scope().subject(),
                        EntityTags.owner(call.caller()),
                        call.request().method(),
                        call.request().path(),
                        key)));
    }

    ApiResponse once(Call call, Supplier<ApiResponse> work) {
        Optional<String> key = key(call);
        return key.isEmpty() ? work.get() : once(call, digest(call, key.get()), work);
    }

    private ApiResponse once(Call call, String id, Supplier<ApiResponse> work) {
        String request =
                HexFormat.of().formatHex(Digests.hash(List.of(call.request().body())));
        Optional<Document> known = documents.document(call.scope(), Kind.IDEMPOTENCY, id);
        if (known.isPresent() && call.now().isBefore(known.get().at().plus(LIFE))) {
            Json before = known.get().body();
            if (!before.textAt("request", "").equals(request)) {
                throw Refusal.of(
                        Problem.Kind.KEY_REUSED,
                        "this key was sent with another body; use a new key for a new request");
            }
            if (before.at("answer").isObject()) {
                return answer(before.at("answer"));
            }
            if (call.now().isBefore(known.get().at().plus(PATIENCE))) {
                throw inProgress();
            }
        }
        long revision = known.map(Document::revision).orElse(0L);
        if (!write(call, id, revision, request, Optional.empty())) {
            throw inProgress();
        }
        ApiResponse response = work.get();
        write(call, id, revision + 1, request, Optional.of(json(response)));
        return response;
    }

    private static Refusal inProgress() {
        return Refusal.of(
                Problem.Kind.CONFLICT, "a request with this key is under way; repeat it in a minute with the same key");
    }

    private boolean write(Call call, String id, long expected, String request, Optional<Json> answer) {
        Scope scope = call.scope();
        Json body = Json.object()
                .with("request", request)
                .withPresent("answer", answer)
                .build();
        return documents.write(
                scope,
                new Write(
                        Kind.IDEMPOTENCY,
                        id,
                        expected,
                        call.now(),
                        scope.subject(),
                        body,
                        Optional.of(call.now().plus(LIFE))));
    }

    private static Json json(ApiResponse response) {
        Json.Builder headers = Json.object();
        response.headers().forEach(headers::with);
        return Json.object()
                .with("status", response.status())
                .with("headers", headers.build())
                .with("body", response.body())
                .build();
    }

    private static ApiResponse answer(Json json) {
        Map<String, String> headers = new TreeMap<>();
        json.at("headers")
                .members()
                .forEach((name, value) -> headers.put(name, value.text().orElse("")));
        return new ApiResponse((int) json.longAt("status", 500), headers, json.textAt("body", ""))
                .with("idempotent-replayed", "true");
    }
}
