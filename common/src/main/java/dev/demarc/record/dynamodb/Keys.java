package dev.demarc.record.dynamodb;

import dev.demarc.model.AccountId;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import dev.demarc.record.Documents;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The keys of the table. An account writes only partitions that begin with its {@code provider#account#}; those that the centre alone
 * writes begin with a word that no provider has.
 */
final class Keys {
    static final String PK = "pk";
    static final String SK = "sk";
    static final String OBSERVATION = "R#";
    static final String FEED = "E#";
    static final String SWEEP = "S#";
    static final String SWEEP_UNDER_WAY = "S~";
    static final String POISON = "Q#";
    static final String PROJECTED = "P#";
    static final String FINDING = "F#";
    static final String HISTORY = "H#";
    static final String COUNTERS = "ROLL#";

    // Fixed: another number would leave stored items where nobody looks.
    private static final int ACCOUNT_SHARDS = 4;
    private static final int TENANT_SHARDS = 16;

    private static final int SORT_KEY_BYTES = 1000;
    private static final int PART_BYTES = 800;
    private static final int TYPE_BYTES = 120;
    private static final int KEPT_CHARACTERS = 30;

    private Keys() {}

    static Map<String, AttributeValue> observation(ResourceId resource) {
        return key(
                account(AccountId.of(resource)) + shard(resource.key(), ACCOUNT_SHARDS),
                OBSERVATION + bounded(resource.key(), PART_BYTES));
    }

    static Map<String, AttributeValue> projected(ResourceId resource) {
        return key(
                PROJECTED + account(AccountId.of(resource)) + shard(resource.key(), ACCOUNT_SHARDS),
                bounded(resource.key(), PART_BYTES));
    }

    /** The partitions of the account's observations, or with {@link #PROJECTED} before of what is projected of them. */
    static List<String> shards(String before, AccountId account) {
        return shards(before + account(account), ACCOUNT_SHARDS);
    }

    static Map<String, AttributeValue> evidence(AccountId account, String sort) {
        return key(account(account) + "0", sort);
    }

    static List<String> evidenceIndex(String kind) {
        return shards(kind, ACCOUNT_SHARDS);
    }

    static String evidenceIndex(String kind, AccountId account) {
        return kind + shard(account(account), ACCOUNT_SHARDS);
    }

    static Map<String, AttributeValue> finding(StoredFinding finding) {
        return key(
                findings(finding.tenant(), finding.account()),
                family(finding.bucket()) + bounded(finding.id(), PART_BYTES));
    }

    /** The partition of all findings of an account. */
    static String findings(String tenant, AccountId account) {
        return FINDING + tenant + "#" + account(account);
    }

    /**
     * What the sort keys of the findings in a bucket begin with. The buckets of the other verdicts share it, so that a finding stays in its
     * place when only its verdict changes.
     */
    static String family(RollupKey bucket) {
        return bucket.control() + "#" + Counters.slice(bucket) + "#"
                + bounded(bucket.serviceType().name(), TYPE_BYTES) + "#";
    }

    static int familyLength(String control, String serviceType) {
        return control.length()
                + Counters.SLICE_LENGTH
                + bounded(serviceType, TYPE_BYTES).length()
                + 3;
    }

    /** Whether the sort key of the finding holds its whole id. */
    static boolean isWhole(StoredFinding finding) {
        return bounded(finding.id(), PART_BYTES).equals(finding.id());
    }

    static String afterFinding(RollupKey bucket, String id) {
        return family(bucket) + (id.isEmpty() ? "" : bounded(id, PART_BYTES));
    }

    static List<String> ageIndex(String tenant) {
        return shards("A#" + tenant + "#", TENANT_SHARDS);
    }

    static String ageIndex(StoredFinding finding) {
        return "A#" + finding.tenant() + "#" + shard(finding.resource().key(), TENANT_SHARDS);
    }

    static String age(Instant moment, String id) {
        return moment(moment) + "#" + bounded(id, PART_BYTES);
    }

    static List<String> counters(String tenant) {
        return shards(COUNTERS + tenant + "#", TENANT_SHARDS);
    }

    static Map<String, AttributeValue> counters(Counters.Subject subject) {
        return key(
                counters(subject.tenant(), subject.account()),
                account(subject.account()) + bounded(subject.serviceType().name(), PART_BYTES));
    }

    static String counters(String tenant, AccountId account) {
        return COUNTERS + tenant + "#" + shard(account(account), TENANT_SHARDS);
    }

    static String history(ResourceId resource) {
        return HISTORY + account(AccountId.of(resource)) + shard(resource.key(), ACCOUNT_SHARDS);
    }

    static String step(ResourceId resource, String id) {
        return bounded(bounded(resource.key(), PART_BYTES) + "#" + id, SORT_KEY_BYTES);
    }

    static String document(String tenant, Documents.Kind kind) {
        return "D#" + tenant + "#" + kind;
    }

    static Map<String, AttributeValue> document(String tenant, Documents.Kind kind, String id) {
        return key(document(tenant, kind), bounded(id, SORT_KEY_BYTES));
    }

    static String revisions(String tenant, Documents.Kind kind, String id) {
        return bounded("V#" + tenant + "#" + kind + "#" + id, SORT_KEY_BYTES);
    }

    /** {@code aws#111122223333#}: what every partition key of the account begins with. */
    static String account(AccountId account) {
        return account.key() + "#";
    }

    /** {@code 2026-01-31T10:00:00.000000000Z}: sorts as text the way moments sort. */
    static String moment(Instant moment) {
        String version = new Version(moment, 0).sortable();
        return version.substring(0, version.indexOf('#'));
    }

    static Map<String, AttributeValue> key(String partition, String sort) {
        return Map.of(PK, AttributeValue.fromS(partition), SK, AttributeValue.fromS(sort));
    }

    /** Whether the sort key of the resource's items holds its whole key. */
    static boolean isWhole(ResourceId resource) {
        return bounded(resource.key(), PART_BYTES).equals(resource.key());
    }

    static String resource(String key) {
        return bounded(key, PART_BYTES);
    }

    static String sortable(String text) {
        return bounded(text, SORT_KEY_BYTES);
    }

    /** The text itself when it has at most so many bytes, else its beginning and a digest of all of it. */
    private static String bounded(String text, int bytes) {
        return text.getBytes(StandardCharsets.UTF_8).length <= bytes
                ? text
                : text.substring(0, Math.min(text.length(), KEPT_CHARACTERS)) + "~" + Digests.hex(text);
    }

    private static List<String> shards(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(shard -> prefix + shard).toList();
    }

    private static int shard(String key, int count) {
        return Math.floorMod(key.hashCode(), count);
    }
}
