package dev.demarc.api;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The API, the same behind Lambda and on one machine. */
public final class FindingsApi {
    /** The largest body that is read, in bytes of UTF-8. */
    public static final int LARGEST_BODY = 256 * 1024;

    private static final Pattern CORRELATION = Pattern.compile("[A-Za-z0-9._:/=+-]{1,128}");

    private final List<Operation> operations;
    private final Router router;
    private final Idempotency idempotency;
    private final InstantSource clock;
    private final Supplier<String> requestIds;

    public FindingsApi(ApiParts parts, InstantSource clock) {
        this(parts, clock, () -> UUID.randomUUID().toString());
    }

    FindingsApi(ApiParts parts, InstantSource clock, Supplier<String> requestIds) {
        this.operations = parts.operations(() -> UUID.randomUUID().toString());
        this.router = new Router(operations);
        this.idempotency = new Idempotency(parts.documents());
        this.clock = clock;
        this.requestIds = requestIds;
    }

    /** What the API offers. */
    List<Operation> operations() {
        return operations;
    }

    /** Answers the request. What the caller did wrong is a problem+json; a failure of the store is thrown. */
    public ApiResponse handle(ApiRequest request) {
        ApiResponse response =
                answered(request).with("x-request-id", requestId(request)).with("vary", "accept, authorization");
        return request.method().equals("HEAD") ? response.withoutBody() : response;
    }

    private ApiResponse answered(ApiRequest request) {
        try {
            return route(request);
        } catch (Router.WrongMethod e) {
            return e.response();
        } catch (Refusal e) {
            return Router.response(e);
        }
    }

    private ApiResponse route(ApiRequest request) {
        Router.Route route = router.route(request);
        Operation operation = route.operation();
        Router.authorize(operation, request.scope());
        Negotiation.check(request, operation.answers());
        if (request.body().getBytes(StandardCharsets.UTF_8).length > LARGEST_BODY) {
            throw Refusal.of(Problem.Kind.TOO_LARGE, "a body has at most " + LARGEST_BODY + " bytes; send less");
        }
        Parameters parameters = Parameters.read(request.query(), operation.parameters());
        Call call = new Call(request, operation, route.path(), parameters, request.scope(), clock.instant());
        if (operation.isRead()) {
            return Conditions.read(call, operation.handler().handle(call));
        }
        return operation.method().equals("POST")
                ? idempotency.once(call, () -> handled(call))
                : operation.handler().handle(call);
    }

    /** A refusal is an answer too, and the same for each repetition. */
    private static ApiResponse handled(Call call) {
        try {
            return call.operation().handler().handle(call);
        } catch (Refusal e) {
            return Router.response(e);
        }
    }

    private String requestId(ApiRequest request) {
        return request.header("x-request-id")
                .filter(id -> CORRELATION.matcher(id).matches())
                .orElseGet(requestIds);
    }
}
