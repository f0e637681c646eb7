package dev.demarc.query;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Since when a workload of an account has had resources of each service type, and since when it has none any more. */
public record WorkloadHistory(AccountId account, String workload, SortedMap<ServiceType, Span> types) {

    /** {@code gone}: when no live resource of the type was left. */
    public record Span(Instant since, Optional<Instant> gone) {}

    /** The history after a look at {@code now}: what appeared, what went, what came back. */
    public WorkloadHistory seen(Map<ServiceType, Long> live, Instant now) {
        SortedMap<ServiceType, Span> next = new TreeMap<>();
        types.forEach((type, span) -> next.put(
                type,
                live.containsKey(type) || span.gone().isPresent() ? span : new Span(span.since(), Optional.of(now))));
        live.keySet().forEach(type -> {
            Span span = next.get(type);
            if (span == null || span.gone().isPresent()) {
                next.put(type, new Span(now, Optional.empty()));
            }
        });
        return new WorkloadHistory(account, workload, next);
    }

    public Json json() {
        Json.Builder json = Json.object();
        types.forEach((type, span) -> json.with(
                type.name(),
                Json.object()
                        .with("since", span.since().toString())
                        .with("gone", span.gone().map(Instant::toString))
                        .build()));
        return Json.object().with("types", json.build()).build();
    }

    /** Reads what {@link #json} wrote; a workload never seen before has no types. */
    public static WorkloadHistory of(AccountId account, String workload, Json json) {
        SortedMap<ServiceType, Span> types = new TreeMap<>();
        json.at("types")
                .members()
                .forEach((type, span) -> types.put(
                        new ServiceType(type),
                        new Span(
                                Instant.parse(span.textAt("since", "")),
                                span.at("gone").text().map(Instant::parse))));
        return new WorkloadHistory(account, workload, types);
    }
}
