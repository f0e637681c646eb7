package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.n;
import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.model.AccountId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore.Counted;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The items of counters: read together by sixteen partitions of a tenant, or one by one for some accounts. */
final class CounterItems {
    /** Counts the projections that touched an item. */
    private static final String STAMP = "stamp";
    // The key holds a bounded form of a long type.
    private static final String TYPE = "type";

    private final Table table;

    CounterItems(Table table) {
        this.table = table;
    }

    Map<RollupKey, Long> read(Scope scope) {
        Map<RollupKey, Long> counters = new HashMap<>();
        items(scope).forEach(item -> counters.putAll(counters(scope.tenant(), item)));
        return counters;
    }

    private Stream<Map<String, AttributeValue>> items(Scope scope) {
        return scope.accounts()
                .map(accounts -> accounts.stream().flatMap(account -> items(scope.tenant(), account)))
                .orElseGet(() -> Keys.counters(scope.tenant()).stream().flatMap(shard -> table.beginning(shard, "")));
    }

    private Stream<Map<String, AttributeValue>> items(String tenant, AccountId account) {
        return table.beginning(Keys.counters(tenant, account), Keys.account(account));
    }

    Counted ofAccount(String tenant, AccountId account) {
        Map<RollupKey, Long> counters = new HashMap<>();
        Map<ServiceType, Long> stamps = new TreeMap<>();
        items(tenant, account).forEach(item -> {
            counters.putAll(counters(tenant, item));
            stamps.put(subject(tenant, item).serviceType(), Table.number(item, STAMP));
        });
        return new Counted(counters, stamps.toString());
    }

    Map<ServiceType, Long> stamps(String tenant, AccountId account) {
        Map<ServiceType, Long> stamps = new TreeMap<>();
        items(tenant, account)
                .forEach(item -> stamps.put(subject(tenant, item).serviceType(), Table.number(item, STAMP)));
        return stamps;
    }

    private static Map<RollupKey, Long> counters(String tenant, Map<String, AttributeValue> item) {
        Counters.Subject subject = subject(tenant, item);
        Map<RollupKey, Long> counters = new HashMap<>();
        item.keySet()
                .forEach(attribute -> Counters.counter(subject, attribute)
                        .filter(ignored -> Table.number(item, attribute) != 0)
                        .ifPresent(key -> counters.put(key, Table.number(item, attribute))));
        return counters;
    }

    private static Counters.Subject subject(String tenant, Map<String, AttributeValue> item) {
        String[] sort = Table.text(item, Keys.SK).split("#", 3);
        return new Counters.Subject(
                tenant,
                AccountId.ofKey(sort[0] + "#" + sort[1]),
                new ServiceType(item.containsKey(TYPE) ? Table.text(item, TYPE) : sort[2]));
    }

    /** One update for each item that the projection counts in; the one of its own type is stamped even when no counter changes. */
    List<TransactWriteItem> add(Projection projection) {
        Map<Counters.Subject, Map<String, Long>> deltas = new HashMap<>();
        AccountId account = AccountId.of(projection.resource());
        deltas.put(
                new Counters.Subject(
                        projection.now().tenant(),
                        account,
                        projection.now().observation().serviceType()),
                new TreeMap<>());
        projection
                .deltas()
                .forEach((key, delta) -> deltas.computeIfAbsent(Counters.Subject.of(key), ignored -> new TreeMap<>())
                        .merge(Counters.attribute(key), delta, Long::sum));
        return deltas.entrySet().stream()
                .map(one -> add(one.getKey(), one.getValue()))
                .toList();
    }

    private TransactWriteItem add(Counters.Subject subject, Map<String, Long> deltas) {
        Map<String, String> names = new HashMap<>(Map.of("#stamp", STAMP));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":one", n(1)));
        List<String> additions = new ArrayList<>(List.of("#stamp :one"));
        deltas.forEach((attribute, delta) -> {
            int number = additions.size();
            names.put("#c" + number, attribute);
            values.put(":d" + number, n(delta));
            additions.add("#c" + number + " :d" + number);
        });
        String expression = "ADD " + String.join(", ", additions);
        Map<String, AttributeValue> key = Keys.counters(subject);
        if (isBounded(subject, key)) {
            names.put("#type", TYPE);
            values.put(":type", s(subject.serviceType().name()));
            expression += " SET #type = :type";
        }
        Update update = Update.builder()
                .tableName(table.name())
                .key(key)
                .updateExpression(expression)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
        return TransactWriteItem.builder().update(update).build();
    }

    private static boolean isBounded(Counters.Subject subject, Map<String, AttributeValue> key) {
        return !Table.text(key, Keys.SK).endsWith("#" + subject.serviceType().name());
    }

    /** Replaces the item while it still has the stamp; no stamp means no item. */
    TransactWriteItem set(Counters.Subject subject, Optional<Long> stamp, Map<RollupKey, Long> counters) {
        Map<String, AttributeValue> item = new HashMap<>(Keys.counters(subject));
        if (isBounded(subject, item)) {
            item.put(TYPE, s(subject.serviceType().name()));
        }
        counters.forEach((key, count) -> item.put(Counters.attribute(key), n(count)));
        item.put(STAMP, n(stamp.orElse(0L) + 1));
        Put.Builder put = Put.builder().tableName(table.name()).item(item).conditionExpression(condition(stamp));
        stamp.ifPresent(value -> put.expressionAttributeNames(Map.of("#stamp", STAMP))
                .expressionAttributeValues(Map.of(":stamp", n(value))));
        return TransactWriteItem.builder().put(put.build()).build();
    }

    /** Holds while the item still has the stamp. */
    TransactWriteItem check(Counters.Subject subject, Optional<Long> stamp) {
        ConditionCheck.Builder check = ConditionCheck.builder()
                .tableName(table.name())
                .key(Keys.counters(subject))
                .conditionExpression(condition(stamp));
        stamp.ifPresent(value -> check.expressionAttributeNames(Map.of("#stamp", STAMP))
                .expressionAttributeValues(Map.of(":stamp", n(value))));
        return TransactWriteItem.builder().conditionCheck(check.build()).build();
    }

    private static String condition(Optional<Long> stamp) {
        return stamp.isPresent() ? "#stamp = :stamp" : "attribute_not_exists(pk)";
    }
}
