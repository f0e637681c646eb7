package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads.AgeMark;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.StoredFindingJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Findings: one partition for each account, in it ordered by control, labels, type and id; the index {@code age} orders those of a tenant
 * by time. A finding whose verdict alone changes keeps its place, so that this costs one write of the item.
 */
final class FindingItems {
    static final String AGE = "age";
    static final String AGE_SORT = "agesort";

    private static final String VERDICT = "verdict";
    private static final String RESOURCE = "resource";
    // One more than '#': ends what begins with a family.
    private static final char AFTER_FAMILY = '$';
    private static final int SMALLEST_PAGE = 5;
    private static final int PAGES_OF_SHARDS = 8;

    private final Table table;

    FindingItems(Table table) {
        this.table = table;
    }

    TransactWriteItem put(StoredFinding finding) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table.name()).item(item(finding)))
                .build();
    }

    TransactWriteItem delete(StoredFinding finding) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table.name()).key(Keys.finding(finding)))
                .build();
    }

    private static Map<String, AttributeValue> item(StoredFinding finding) {
        Json json = StoredFindingJson.write(finding);
        return Table.item(
                Keys.finding(finding),
                Map.of(
                        VERDICT,
                        s(finding.verdict()),
                        AGE,
                        s(Keys.ageIndex(finding)),
                        AGE_SORT,
                        s(Keys.age(finding.since(), finding.id())),
                        Body.NAME,
                        Body.of(Keys.isWhole(finding) ? Body.without(json, RESOURCE) : json)));
    }

    private static StoredFinding read(Map<String, AttributeValue> item) {
        Json body = Body.objectIn(item);
        if (body.at(RESOURCE).isNull()) {
            body = Body.with(body, RESOURCE, Json.of(resource(Table.text(item, Keys.SK), body)));
        }
        return StoredFindingJson.read(body);
    }

    /** What stands in the sort key between the family and the control. */
    private static String resource(String sort, Json body) {
        String control = body.textAt("control", "");
        int start = Keys.familyLength(control, body.textAt("serviceType", ""));
        return sort.substring(start, sort.length() - control.length() - 1);
    }

    /** Reads one range; of it, what has another verdict is passed over. */
    List<StoredFinding> inBucket(RollupKey bucket, String afterId, int limit) {
        String from = Keys.afterFinding(bucket, afterId);
        String family = Keys.family(bucket);
        String to = family.substring(0, family.length() - 1) + AFTER_FAMILY;
        return table.query(QueryRequest.builder()
                        .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                        .filterExpression("#verdict = :verdict")
                        .expressionAttributeNames(Map.of("#verdict", VERDICT))
                        .expressionAttributeValues(Map.of(
                                ":pk", s(Keys.findings(bucket.tenant(), bucket.accountId())),
                                ":from", s(from),
                                ":to", s(to),
                                ":verdict", s(bucket.verdict())))
                        // The range begins with the last one that is known.
                        .limit(limit + 1)
                        .consistentRead(true))
                .filter(item -> !Table.text(item, Keys.SK).equals(from))
                .map(FindingItems::read)
                .filter(finding -> finding.bucket().equals(bucket))
                .limit(limit)
                .toList();
    }

    List<StoredFinding> byAge(Scope scope, AgeMark after, int limit) {
        return scope.accounts()
                .map(accounts -> accounts.stream()
                        .flatMap(account -> table.beginning(Keys.findings(scope.tenant(), account), ""))
                        .filter(item -> Table.text(item, AGE_SORT).compareTo(mark(after)) > 0)
                        .sorted(Table.by(AGE_SORT)))
                .orElseGet(() -> wholeTenant(scope.tenant(), after, limit))
                // An account can write the index's attributes into its own items.
                .filter(item -> Table.text(item, Keys.PK).startsWith(Keys.FINDING + scope.tenant() + "#"))
                .map(FindingItems::read)
                .limit(limit)
                .toList();
    }

    private Stream<Map<String, AttributeValue>> wholeTenant(String tenant, AgeMark after, int limit) {
        int page = Math.max(SMALLEST_PAGE, limit / PAGES_OF_SHARDS);
        List<Iterator<Map<String, AttributeValue>>> shards = new ArrayList<>();
        for (String shard : Keys.ageIndex(tenant)) {
            shards.add(table.query(QueryRequest.builder()
                            .indexName(AGE)
                            .keyConditionExpression("#age = :age AND #sort > :after")
                            .expressionAttributeNames(Map.of("#age", AGE, "#sort", AGE_SORT))
                            .expressionAttributeValues(Map.of(":age", s(shard), ":after", s(mark(after))))
                            .limit(page))
                    .iterator());
        }
        return Merge.of(shards, Table.by(AGE_SORT));
    }

    private static String mark(AgeMark after) {
        return Keys.age(after.since(), after.id());
    }

    /**
     * In id order, of everything that the account has: for the rebuild, which asks for all of it. The keys are in another order, so each page
     * reads the account's findings whole; ask for large ones.
     */
    List<StoredFinding> ofAccount(String tenant, AccountId account, String afterId, int limit) {
        String after = Keys.resource(afterId);
        return table.beginning(Keys.findings(tenant, account), "")
                .map(FindingItems::read)
                .filter(finding -> Keys.resource(finding.id()).compareTo(after) > 0)
                .sorted(Comparator.comparing((StoredFinding finding) -> Keys.resource(finding.id())))
                .limit(limit)
                .toList();
    }
}
