package dev.demarc.api;

import dev.demarc.record.Scope;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the operation that a request is for, and asks whether the caller may do it. */
final class Router {
    static final String NO_CREDENTIALS =
            "this operation needs credentials; send a bearer token, or sign the request, as the OpenAPI document says";
    private static final String CHALLENGE = "Bearer realm=\"demarc\"";

    private record Place(PathTemplate template, List<Operation> operations) {}

    /** An operation with the decoded parts of the path. */
    record Route(Operation operation, Map<String, String> path) {}

    private final List<Place> places;

    Router(List<Operation> operations) {
        Map<String, List<Operation>> byTemplate = operations.stream()
                .collect(Collectors.groupingBy(Operation::template, LinkedHashMap::new, Collectors.toList()));
        this.places = byTemplate.entrySet().stream()
                .map(one -> new Place(new PathTemplate(one.getKey()), one.getValue()))
                .sorted(Comparator.comparingInt(
                        (Place place) -> -place.template().literals()))
                .toList();
    }

    /** Refuses an unknown path, and a method that the path does not take. */
    Route route(ApiRequest request) {
        for (Place place : places) {
            Optional<Map<String, String>> parts = place.template().match(request.path());
            if (parts.isPresent()) {
                return place.operations().stream()
                        .filter(one -> one.takes(request.method()))
                        .findFirst()
                        .map(one -> new Route(one, new TreeMap<>(parts.get())))
                        .orElseThrow(() -> new WrongMethod(allowed(place)));
            }
        }
        throw Refusal.notFound();
    }

    /** Refuses a caller without credentials, and one whose role may not do this. */
    static void authorize(Operation operation, Optional<Scope> scope) {
        if (operation.access() == Operation.Access.PUBLIC) {
            return;
        }
        Scope caller = scope.orElseThrow(() -> Refusal.of(Problem.Kind.UNAUTHENTICATED, NO_CREDENTIALS));
        if (!operation.roles().contains(caller.role())) {
            throw Refusal.of(
                    Problem.Kind.FORBIDDEN,
                    "the role " + caller.role().word() + " may not do this; it takes "
                            + operation.roles().stream()
                                    .map(role -> role.word())
                                    .sorted()
                                    .collect(Collectors.joining(" or ")));
        }
        if (operation.access() == Operation.Access.WHOLE_TENANT && !caller.isWhole()) {
            throw Refusal.of(
                    Problem.Kind.FORBIDDEN, "this is for callers of the whole tenant; these credentials name accounts");
        }
    }

    private static String allowed(Place place) {
        TreeSet<String> methods = new TreeSet<>();
        place.operations().forEach(one -> {
            methods.add(one.method());
            if (one.isRead()) {
                methods.add("HEAD");
            }
        });
        return String.join(", ", methods);
    }

    /** Headers that belong to a refusal. */
    static ApiResponse response(Refusal refusal) {
        ApiResponse response = refusal.problem().response();
        return refusal.problem().kind() == Problem.Kind.UNAUTHENTICATED
                ? response.with("www-authenticate", CHALLENGE)
                : response;
    }

    /** The path takes other methods. */
    static final class WrongMethod extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String allowed;

        WrongMethod(String allowed) {
            super(allowed, null, false, false);
            this.allowed = allowed;
        }

        ApiResponse response() {
            return Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "this path takes " + allowed)
                    .response()
                    .with("allow", allowed);
        }
    }
}
