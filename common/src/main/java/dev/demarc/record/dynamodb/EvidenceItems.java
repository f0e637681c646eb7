package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import dev.demarc.record.CentralStore.FeedEvidence;
import dev.demarc.record.CentralStore.SweepEvidence;
import dev.demarc.record.SweepEvidenceJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Evidence items: in the account's own partition, and found together by the sparse index {@code evidence} that only they are in. */
final class EvidenceItems {
    static final String INDEX = "evidence";

    private static final String MOMENT = "moment";
    private static final Map<String, String> NAMES = Map.of("#moment", MOMENT);

    private final Table table;

    EvidenceItems(Table table) {
        this.table = table;
    }

    void put(FeedEvidence evidence) {
        Json body = Json.object()
                .with("provider", evidence.provider().word())
                .with("account", evidence.account())
                .with("serviceType", evidence.serviceType().name())
                .with("lastEventAt", evidence.lastEventAt().toString())
                .build();
        put(Keys.FEED, evidence.provider(), evidence.account(), evidence.serviceType(), evidence.lastEventAt(), body);
    }

    void put(SweepEvidence evidence) {
        put(
                Keys.SWEEP,
                evidence.provider(),
                evidence.account(),
                evidence.serviceType(),
                evidence.finishedAt(),
                SweepEvidenceJson.write(evidence));
    }

    private void put(
            String kind, Provider provider, String account, ServiceType serviceType, Instant moment, Json body) {
        AttributeValue sortable = s(new Version(moment, 0).sortable());
        Map<String, AttributeValue> item = Table.item(
                Keys.evidence(provider, account, kind + serviceType.name()),
                Map.of(
                        INDEX,
                        s(Keys.evidenceIndex(kind, provider, account)),
                        MOMENT,
                        sortable,
                        ObservationItems.BODY,
                        s(body.write())));
        // The item that an older evidence would replace stays: not an error.
        table.putUnless(item, "attribute_not_exists(pk) OR #moment <= :moment", NAMES, Map.of(":moment", sortable));
    }

    List<FeedEvidence> feeds() {
        return all(Keys.FEED)
                .flatMap(item -> claimed(item, EvidenceItems::feed, FeedEvidence::provider, FeedEvidence::account))
                .toList();
    }

    List<SweepEvidence> sweeps() {
        return all(Keys.SWEEP)
                .flatMap(
                        item -> claimed(item, SweepEvidenceJson::read, SweepEvidence::provider, SweepEvidence::account))
                .toList();
    }

    private Stream<Map<String, AttributeValue>> all(String kind) {
        return Keys.shards(kind).stream()
                .flatMap(shard -> table.query(QueryRequest.builder()
                        .indexName(INDEX)
                        .keyConditionExpression("evidence = :shard")
                        .expressionAttributeValues(Map.of(":shard", s(shard)))));
    }

    private static FeedEvidence feed(Json body) {
        return new FeedEvidence(
                Provider.of(body.textAt("provider", "")),
                body.textAt("account", ""),
                new ServiceType(body.textAt("serviceType", "")),
                Instant.parse(body.textAt("lastEventAt", "")));
    }

    /** The evidence, when it speaks of the account whose partition it is in: an account cannot vouch for another one. */
    private static <E> Stream<E> claimed(
            Map<String, AttributeValue> item,
            Function<Json, E> reader,
            Function<E, Provider> provider,
            Function<E, String> account) {
        return Claims.of(item, body -> reader.apply(JsonReader.parse(body)))
                .filter(evidence -> Claims.isIn(item, provider.apply(evidence), account.apply(evidence)))
                .stream();
    }
}
