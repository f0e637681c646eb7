package dev.demarc.record.dynamodb;

import dev.demarc.json.MalformedJson;
import dev.demarc.model.Provider;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that accounts write are claims: the centre believes one about the account whose partition it is in, and skips what it cannot read. */
final class Claims {
    private static final System.Logger LOG = System.getLogger(Claims.class.getName());

    private Claims() {}

    static <T> Optional<T> of(Map<String, AttributeValue> item, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text(item, ObservationItems.BODY)));
        } catch (MalformedJson | IllegalArgumentException | DateTimeException unreadable) {
            // One account must not be able to stop the feed of all accounts.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "partition {0} holds an item that cannot be read; it is skipped",
                    text(item, Keys.PK));
            return Optional.empty();
        }
    }

    static boolean isIn(Map<String, AttributeValue> item, Provider provider, String account) {
        boolean own = text(item, Keys.PK).startsWith(Keys.account(provider, account));
        if (!own) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "partition {0} holds an item that speaks of another account; it is skipped",
                    text(item, Keys.PK));
        }
        return own;
    }

    static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }
}
