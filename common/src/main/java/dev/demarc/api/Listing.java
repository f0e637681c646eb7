package dev.demarc.api;

import dev.demarc.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Pages of a list: the items under their name, the total where it is known, and where the next page is. */
final class Listing {
    static final Parameter SIZE = Parameter.whole("pageSize", 1, 1000);
    static final Parameter TOKEN = Parameter.text("pageToken").once();
    private static final int USUAL = 100;

    private final Cursors cursors;

    Listing(Cursors cursors) {
        this.cursors = cursors;
    }

    static int size(Call call) {
        return call.parameters().whole("pageSize", USUAL);
    }

    Optional<String> position(Call call) {
        return cursors.position(call);
    }

    /** {@code {count, type}}. */
    static Json total(long count, String type) {
        return Json.object().with("count", count).with("type", type).build();
    }

    static String exactness(boolean exact) {
        return exact ? "EXACT" : "AT_LEAST";
    }

    /** A page, with {@code nextPageToken} and {@code Link: rel="next"} when there is a next one. */
    ApiResponse page(Call call, Json.Builder body, Optional<String> next) {
        Optional<String> token = next.map(position -> cursors.seal(call, position));
        ApiResponse response =
                ApiResponse.json(body.with("nextPageToken", token).build());
        return token.map(text -> response.with("link", "<" + target(call.request(), text) + ">; rel=\"next\""))
                .orElse(response);
    }

    /**
     * A page of items that were asked for with one more than wanted, so that the last page is known as such. {@code position} names an item's
     * place.
     */
    <T> ApiResponse page(
            Call call, String name, List<T> oneMore, Function<T, Json> json, Function<T, String> position) {
        return page(call, Json.object(), name, oneMore, json, position);
    }

    /** The same, behind what the body holds already. */
    <T> ApiResponse page(
            Call call,
            Json.Builder body,
            String name,
            List<T> oneMore,
            Function<T, Json> json,
            Function<T, String> position) {
        int size = size(call);
        boolean more = oneMore.size() > size;
        List<T> items = more ? oneMore.subList(0, size) : oneMore;
        body.with(name, Json.array(items.stream().map(json).toList()));
        return page(call, body, more ? Optional.of(position.apply(items.getLast())) : Optional.empty());
    }

    private static String target(ApiRequest request, String token) {
        StringBuilder target = new StringBuilder(request.path()).append('?');
        Map<String, List<String>> query = new TreeMap<>(request.query());
        query.put("pageToken", List.of(token));
        query.forEach((name, values) -> values.forEach(value ->
                target.append(encoded(name)).append('=').append(encoded(value)).append('&')));
        return target.substring(0, target.length() - 1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
