package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.n;
import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.model.AccountId;
import dev.demarc.model.TimeBounds;
import dev.demarc.record.Poison;
import dev.demarc.record.Scope;
import dev.demarc.record.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Poison records: in the account's own partition or in the centre's, and all of them by time in the index {@code age}. */
final class PoisonItems {
    private static final String CENTRE = "Q#centre";
    private static final Duration LIFE = Duration.ofDays(30);
    private static final int LONGEST_REASON = 1000;
    private static final int SHARDS = 4;
    private static final int SMALLEST_PAGE = 10;
    private static final int MOST_READ = 5000;

    private final Table table;
    private final Tenants tenants;
    private final InstantSource clock;

    PoisonItems(Table table, Tenants tenants, InstantSource clock) {
        this.table = table;
        this.tenants = tenants;
        this.clock = clock;
    }

    void add(Optional<AccountId> account, String source, byte[] content, String reason, Instant now) {
        String digest = Digests.hex(content);
        String identity = Digests.hex(source + "#" + digest);
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":source", s(source),
                ":digest", s(digest),
                ":reason", s(reason.substring(0, Math.min(reason.length(), LONGEST_REASON))),
                ":bytes", n(content.length),
                ":firstSeen", s(now.toString()),
                ":lastSeen", s(now.toString()),
                ":ttl", n(now.plus(LIFE).getEpochSecond()),
                ":age", s(shard(identity)),
                ":agesort", s(Keys.moment(now) + "#" + identity),
                ":one", n(1)));
        List.of("source", "digest", "reason", "bytes", "firstSeen", "lastSeen", "ttl", "age", "agesort", "deliveries")
                .forEach(name -> names.put("#" + name, name));
        UpdateItemRequest update = UpdateItemRequest.builder()
                .tableName(table.name())
                .key(key(account, identity))
                .updateExpression("SET #source = :source, #digest = :digest, #reason = :reason, #bytes = :bytes,"
                        + " #firstSeen = if_not_exists(#firstSeen, :firstSeen), #lastSeen = :lastSeen, #ttl = :ttl,"
                        + " #age = :age, #agesort = :agesort ADD #deliveries :one")
                .conditionExpression("attribute_not_exists(pk) OR #agesort <= :agesort")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
        try {
            table.client().updateItem(update);
        } catch (ConditionalCheckFailedException seenLater) {
            table.client()
                    .updateItem(update.toBuilder()
                            .updateExpression("ADD #deliveries :one")
                            .conditionExpression(null)
                            .expressionAttributeNames(Map.of("#deliveries", "deliveries"))
                            .expressionAttributeValues(Map.of(":one", n(1)))
                            .build());
        }
    }

    private static Map<String, AttributeValue> key(Optional<AccountId> account, String identity) {
        return account.map(one -> Keys.evidence(one, Keys.POISON + identity))
                .orElseGet(() -> Keys.key(CENTRE, identity));
    }

    private static String shard(String identity) {
        return Keys.POISON + identity.charAt(0) % SHARDS;
    }

    /** The last seen first. Of the index at most {@link #MOST_READ} items are read for it, whatever accounts put there. */
    List<Poison> of(Scope scope, int limit) {
        return scope.accounts()
                .map(accounts -> accounts.stream()
                        .flatMap(account -> table.beginning(Keys.account(account) + "0", Keys.POISON)
                                .limit(MOST_READ))
                        .sorted(Table.by(FindingItems.AGE_SORT).reversed()))
                .orElseGet(() -> newest(limit))
                .filter(PoisonItems::isPoison)
                .flatMap(item -> Claims.believed(item, claim -> read(claim, clock.instant())).stream())
                .filter(poison -> poison.account()
                        .map(account -> scope.covers(tenants.of(account), account))
                        .orElse(scope.isWhole() && scope.tenant().equals(Scope.MAIN)))
                .limit(limit)
                .toList();
    }

    private Stream<Map<String, AttributeValue>> newest(int limit) {
        String latest = Keys.moment(TimeBounds.latest(clock.instant()));
        List<Iterator<Map<String, AttributeValue>>> shards = Stream.iterate(0, shard -> shard + 1)
                .limit(SHARDS)
                .map(shard -> table.query(QueryRequest.builder()
                                .indexName(FindingItems.AGE)
                                .keyConditionExpression("#age = :age AND #sort <= :latest")
                                .expressionAttributeNames(
                                        Map.of("#age", FindingItems.AGE, "#sort", FindingItems.AGE_SORT))
                                .expressionAttributeValues(Map.of(":age", s(Keys.POISON + shard), ":latest", s(latest)))
                                .scanIndexForward(false)
                                .limit(Math.max(SMALLEST_PAGE, limit / 2)))
                        .iterator())
                .toList();
        return Merge.of(shards, Table.by(FindingItems.AGE_SORT).reversed()).limit(MOST_READ);
    }

    /** Whether it is where a poison record of its source and content is, in table and index. */
    private static boolean isPoison(Map<String, AttributeValue> item) {
        String identity = Digests.hex(Table.text(item, "source") + "#" + Table.text(item, "digest"));
        return Claims.isAt(item, key(owner(item), identity))
                && Table.text(item, FindingItems.AGE).equals(shard(identity));
    }

    private static Optional<AccountId> owner(Map<String, AttributeValue> item) {
        String partition = Table.text(item, Keys.PK);
        return partition.equals(CENTRE) ? Optional.empty() : Claims.owner(partition);
    }

    private static Poison read(Map<String, AttributeValue> item, Instant now) {
        Instant lastSeen = Instant.parse(Table.text(item, "lastSeen"));
        Claims.requireTime(lastSeen, now);
        return new Poison(
                owner(item),
                Table.text(item, "source"),
                Table.text(item, "digest"),
                Table.text(item, "reason"),
                Table.number(item, "bytes"),
                Instant.parse(Table.text(item, "firstSeen")),
                lastSeen,
                Table.number(item, "deliveries"));
    }
}
