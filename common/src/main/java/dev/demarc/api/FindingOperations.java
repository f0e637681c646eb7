package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.query.Counts;
import dev.demarc.query.Dimension;
import dev.demarc.query.Finding;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.FindingPage;
import dev.demarc.query.Sort;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Findings: pages, one, counts and facets. */
final class FindingOperations {
    private static final Map<String, Dimension> DIMENSIONS = dimensions();

    private final Postures postures;
    private final Listing listing;

    FindingOperations(Postures postures, Listing listing) {
        this.postures = postures;
        this.listing = listing;
    }

    List<Operation> all() {
        Parameter sort = Parameter.words("sort", "priority", "age").once();
        Parameter size = Parameter.whole("pageSize", 0, 1000);
        Parameter by = Parameter.words("by", DIMENSIONS.keySet().toArray(String[]::new));
        return List.of(
                Operation.read(
                        "listFindings",
                        "/v1/findings",
                        Operation.EVERYONE,
                        Filters.with(Filters.FINDINGS, sort, size, Listing.TOKEN),
                        this::list),
                Operation.read("readFinding", "/v1/findings/{id+}", Operation.EVERYONE, List.of(), this::one),
                Operation.read(
                        "countFindings",
                        "/v1/counts",
                        Operation.EVERYONE,
                        Filters.with(Filters.FINDINGS, by),
                        this::counts),
                Operation.read(
                        "readFacets",
                        "/v1/facets",
                        Operation.EVERYONE,
                        Filters.with(Filters.FINDINGS, by),
                        this::facets));
    }

    private ApiResponse list(Call call) {
        FindingFilter filter = Filters.read(call.parameters());
        Sort sort =
                Sort.valueOf(call.parameters().text("sort").orElse("priority").toUpperCase(Locale.ROOT));
        int size = Listing.size(call);
        // Counting alone needs no finding, but the total of a filter that counters cannot answer comes from reading
        // some.
        FindingPage page = postures.of(call).findings(filter, sort, Math.max(size, 1), listing.position(call));
        List<Finding> findings = size == 0 ? List.of() : page.findings();
        Json.Builder body = Json.object()
                .with("total", Listing.total(page.total(), Listing.exactness(page.exact())))
                .with(
                        "findings",
                        Json.array(findings.stream().map(Finding::json).toList()));
        return size == 0 ? ApiResponse.json(body.build()) : listing.page(call, body, page.next());
    }

    private ApiResponse one(Call call) {
        return postures.of(call)
                .finding(call.id())
                .map(finding -> ApiResponse.json(finding.json()))
                .orElseThrow(Refusal::notFound);
    }

    private ApiResponse counts(Call call) {
        List<Dimension> by = List.copyOf(call.parameters().set("by", DIMENSIONS::get));
        Counts counts = postures.of(call).counts(Filters.read(call.parameters()), by);
        List<Json.JsonObject> groups = counts.groups().stream()
                .map(group -> Json.object()
                        .with("values", values(group.values()))
                        .with("count", group.count())
                        .build())
                .toList();
        return ApiResponse.json(Json.object()
                .with("total", total(counts))
                .with("groups", Json.array(groups))
                .build());
    }

    private ApiResponse facets(Call call) {
        // In the order of the constants, which is the order of the answers.
        // Frameworks have hundreds of values; whoever wants them says so.
        Set<Dimension> wanted = EnumSet.complementOf(EnumSet.of(Dimension.FRAMEWORK));
        if (!call.parameters().all("by").isEmpty()) {
            wanted = EnumSet.copyOf(call.parameters().set("by", DIMENSIONS::get));
        }
        List<Dimension> order = List.copyOf(wanted);
        List<Counts> facets = postures.of(call).facets(Filters.read(call.parameters()), wanted);
        List<Json> json = new ArrayList<>();
        for (int i = 0; i < facets.size(); i++) {
            json.add(facet(order.get(i), facets.get(i)));
        }
        return ApiResponse.json(Json.object().with("facets", Json.array(json)).build());
    }

    private static Json facet(Dimension dimension, Counts counts) {
        Json.Builder values = Json.object();
        counts.groups().forEach(group -> values.with(group.values().getOrDefault(dimension, ""), group.count()));
        return Json.object()
                .with("by", word(dimension))
                .with("total", total(counts))
                .with("values", values.build())
                .build();
    }

    /** What counters cannot answer they answer without that part of the filter, which is too much. */
    private static Json total(Counts counts) {
        return Listing.total(counts.total(), counts.exact() ? "EXACT" : "AT_MOST");
    }

    private static Json values(Map<Dimension, String> values) {
        Json.Builder json = Json.object();
        values.forEach((dimension, value) -> json.with(word(dimension), value));
        return json.build();
    }

    /** Dimensions are called what the parameters of the filter are. */
    private static String word(Dimension dimension) {
        return switch (dimension) {
            case PROVIDER -> "provider";
            case ACCOUNT -> "account";
            case SERVICE_CLASS -> "class";
            case SERVICE_TYPE -> "serviceType";
            case TIER -> "tier";
            case PATTERN -> "pattern";
            case CONTROL -> "control";
            case FRAMEWORK -> "framework";
            case CATEGORY -> "category";
            case QUESTION -> "question";
            case VERDICT -> "verdict";
            case BAND -> "priority";
            case SENSITIVITY -> "sensitivity";
        };
    }

    private static Map<String, Dimension> dimensions() {
        Map<String, Dimension> words = new TreeMap<>();
        for (Dimension dimension : Dimension.values()) {
            words.put(word(dimension), dimension);
        }
        return words;
    }
}
