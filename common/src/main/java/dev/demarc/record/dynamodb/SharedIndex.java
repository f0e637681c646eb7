package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.model.AccountId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * An index whose hash key accounts write into their own items, sorted by {@code pk}. An account can put there whatever it likes, but only
 * under its own partitions: what has no business in a shard, and what one account has beyond a bound, is passed over in one step.
 */
record SharedIndex(Table table, String name) {
    /** Items of one kind that are read of one account: more than any provider has types. */
    static final int MOST_OF_AN_ACCOUNT = 1000;

    // One more than '#': ends what begins with an account's key.
    private static final String AFTER_ACCOUNT = "$";
    private static final System.Logger LOG = System.getLogger(SharedIndex.class.getName());

    /** The items of a shard, of the accounts that belong there. */
    Stream<Map<String, AttributeValue>> items(String shard, Predicate<AccountId> belongs) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            after = read(shard, after.get(), belongs, items);
        }
        return items.stream();
    }

    /** Reads up to where an account has to be passed over, and answers what comes after it; empty at the end of the shard. */
    private Optional<String> read(
            String shard, String after, Predicate<AccountId> belongs, List<Map<String, AttributeValue>> items) {
        Iterator<Map<String, AttributeValue>> found = query(shard, after);
        String reading = "";
        int ofAccount = 0;
        while (found.hasNext()) {
            Map<String, AttributeValue> item = found.next();
            Optional<AccountId> owner = Claims.owner(Table.text(item, Keys.PK));
            String account = owner.map(Keys::account).orElse("");
            ofAccount = account.equals(reading) ? ofAccount + 1 : 1;
            reading = account;
            if (owner.isPresent() && (ofAccount > MOST_OF_AN_ACCOUNT || !belongs.test(owner.get()))) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "account {0} has items in shard {1} of index {2} that are passed over",
                        account,
                        shard,
                        name);
                return Optional.of(account.substring(0, account.length() - 1) + AFTER_ACCOUNT);
            }
            owner.ifPresent(ignored -> items.add(item));
        }
        return Optional.empty();
    }

    private Iterator<Map<String, AttributeValue>> query(String shard, String after) {
        QueryRequest.Builder request =
                QueryRequest.builder().indexName(name).expressionAttributeNames(Map.of("#shard", name));
        return (after.isEmpty()
                        ? table.query(request.keyConditionExpression("#shard = :shard")
                                .expressionAttributeValues(Map.of(":shard", s(shard))))
                        : table.query(request.keyConditionExpression("#shard = :shard AND pk > :after")
                                .expressionAttributeValues(Map.of(":shard", s(shard), ":after", s(after)))))
                .iterator();
    }
}
