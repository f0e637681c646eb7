package dev.demarc.record.dynamodb;

import dev.demarc.json.MalformedJson;
import dev.demarc.model.AccountId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.TimeBounds;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that accounts write are claims: the centre believes one about the account whose partition it is in, and nothing beyond its bounds. */
final class Claims {
    /** Each verdict can need two actions of the one transaction of a projection. */
    static final int MOST_VERDICTS = 47;

    /** Bytes of the body of a claim, in full: what is made of it has to fit into items too. */
    static final int LONGEST_BODY = 256 << 10;

    private static final System.Logger LOG = System.getLogger(Claims.class.getName());
    private static final int LONGEST_KEY = 2048;
    private static final int LONGEST_TYPE = 256;
    private static final int LONGEST_REVISION = 128;
    private static final int LONGEST_REASON = 2048;
    private static final int LONGEST_LABEL = 512;

    private Claims() {}

    /** A claim that is not believed, with the reason; the reason holds nothing of what the item says. */
    static final class NotBelieved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotBelieved(String reason) {
            super(reason, null, false, false);
        }
    }

    /** What the item says, or a {@link NotBelieved}. */
    static <T> T read(Map<String, AttributeValue> item, Function<Map<String, AttributeValue>, T> reader) {
        try {
            return reader.apply(item);
        } catch (MalformedJson | IllegalArgumentException | DateTimeException | ArithmeticException unreadable) {
            throw new NotBelieved(
                    "its body cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
    }

    /** {@code now} is the clock that the times of the claim are held against. */
    static Observation observation(Map<String, AttributeValue> item, Instant now) {
        return read(item, claimed -> {
            Observation observation = ObservationItems.read(claimed);
            Map<String, AttributeValue> own = Keys.observation(observation.resource());
            if (!isAt(item, own)) {
                throw new NotBelieved("it speaks of another account or resource than its key");
            }
            requireBounds(observation, now);
            return observation;
        });
    }

    /** What the item says, skipped with a warning when it is not believed: one account must not stop what all accounts see. */
    static <T> Optional<T> believed(Map<String, AttributeValue> item, Function<Map<String, AttributeValue>, T> reader) {
        try {
            return Optional.of(read(item, reader));
        } catch (NotBelieved refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "partition {0} holds an item that is skipped: {1}",
                    Table.text(item, Keys.PK),
                    refused.getMessage());
            return Optional.empty();
        }
    }

    static boolean isAt(Map<String, AttributeValue> item, Map<String, AttributeValue> key) {
        return key.entrySet().stream().allMatch(part -> part.getValue().equals(item.get(part.getKey())));
    }

    /** The account whose partition it is; empty for a partition of the centre. */
    static Optional<AccountId> owner(String partition) {
        int shard = partition.lastIndexOf('#');
        try {
            return shard < 0 ? Optional.empty() : Optional.of(AccountId.ofKey(partition.substring(0, shard)));
        } catch (IllegalArgumentException noAccount) {
            return Optional.empty();
        }
    }

    /** Refuses what no projection could hold, and times that cannot be true. */
    static void requireBounds(Observation observation, Instant now) {
        requireTime(observation.version().observedAt(), now);
        require(observation.verdicts().size() <= MOST_VERDICTS, "more than " + MOST_VERDICTS + " verdicts");
        require(
                observation.resource().key().length() <= LONGEST_KEY,
                "a key of more than " + LONGEST_KEY + " characters");
        require(
                observation.serviceType().name().length() <= LONGEST_TYPE,
                "a service type of more than " + LONGEST_TYPE + " characters");
        require(
                observation.catalogueRevision().length() <= LONGEST_REVISION,
                "a catalogue revision of more than " + LONGEST_REVISION + " characters");
        require(
                observation.verdicts().values().stream()
                        .allMatch(verdict -> verdict.reason().length() <= LONGEST_REASON),
                "a reason of more than " + LONGEST_REASON + " characters");
        Labels labels = observation.labels();
        require(
                Stream.of(labels.owner(), labels.workload())
                        .flatMap(Optional::stream)
                        .allMatch(label -> label.length() <= LONGEST_LABEL),
                "a label of more than " + LONGEST_LABEL + " characters");
    }

    static void requireTime(Instant time, Instant now) {
        if (!TimeBounds.hold(time, now)) {
            throw new NotBelieved("it is dated before 1970 or more than a day ahead of the clock");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new NotBelieved("an observation with " + otherwise + " cannot be projected");
        }
    }
}
