package dev.demarc.record.dynamodb;

import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    /** Fixed: another number would leave stored items where nobody looks. */
    private static final int SHARDS = 4;

    private static final int SORT_KEY_BYTES = 1024;
    private static final int LONG_KEY_CHARACTERS = 300;

    private Keys() {}

    static Map<String, AttributeValue> observation(ResourceId resource) {
        return key(
                account(resource.provider(), resource.account()) + shard(resource.key()), OBSERVATION + resource.key());
    }

    static Map<String, AttributeValue> projected(ResourceId resource) {
        return key("P#" + account(resource.provider(), resource.account()) + shard(resource.key()), resource.key());
    }

    static Map<String, AttributeValue> finding(String resourceKey, String id) {
        return key(findings(resourceKey), id);
    }

    static String findings(String resourceKey) {
        return "F#" + shard(resourceKey);
    }

    static Map<String, AttributeValue> evidence(Provider provider, String account, String kindAndType) {
        return key(account(provider, account) + "0", kindAndType);
    }

    static String evidenceIndex(String kind, Provider provider, String account) {
        return kind + shard(account(provider, account));
    }

    static Map<String, AttributeValue> rollup(Provider provider, String account, String counter) {
        return key("ROLL#" + shard(account(provider, account)), account(provider, account) + counter);
    }

    /** {@code aws#111122223333#}: what every partition key of the account begins with. */
    static String account(Provider provider, String account) {
        return provider.word() + "#" + account + "#";
    }

    /** All partition keys of a sharded family. */
    static List<String> shards(String prefix) {
        return IntStream.range(0, SHARDS).mapToObj(shard -> prefix + shard).toList();
    }

    private static int shard(String key) {
        return Math.floorMod(key.hashCode(), SHARDS);
    }

    private static Map<String, AttributeValue> key(String partition, String sort) {
        return Map.of(PK, AttributeValue.fromS(partition), SK, AttributeValue.fromS(bounded(sort)));
    }

    /** The text itself when it fits into a sort key, else its beginning and a digest of all of it. */
    static String bounded(String text) {
        return fits(text) ? text : text.substring(0, LONG_KEY_CHARACTERS) + "~" + digest(text);
    }

    /** What the sort keys of all findings of a resource begin with. */
    static String beginning(String resourceKey) {
        boolean fits = fits(resourceKey + "|AAA-00");
        return fits ? resourceKey + "|" : resourceKey.substring(0, LONG_KEY_CHARACTERS);
    }

    private static boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= SORT_KEY_BYTES;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
