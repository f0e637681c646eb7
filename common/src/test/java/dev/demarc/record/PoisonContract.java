package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.FOREIGN;
import static dev.demarc.record.Sample.NEIGHBOUR;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.OTHER;
import static dev.demarc.record.Sample.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.demarc.model.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Poison records are counted and listed, without their content. */
public interface PoisonContract extends StoreContract {
    byte[] CONTENT = "{\"secret\": \"hunter2\"".getBytes(StandardCharsets.UTF_8);

    private void quarantine(Optional<AccountId> account, String source, byte[] content, Instant now) {
        store().quarantine(account, source, content, "not JSON", now);
    }

    @Test
    default void keepsWhatIsKnownOfAPoisonRecordAndNotItsContent() throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONTENT));

        quarantine(Optional.of(ACCOUNT), "config event", CONTENT, NOON.plusNanos(1_000_000));

        assertThat(store().poison(WHOLE, 10))
                .containsExactly(new Poison(
                        Optional.of(ACCOUNT),
                        "config event",
                        digest,
                        "not JSON",
                        CONTENT.length,
                        NOON.plusMillis(1),
                        NOON.plusMillis(1),
                        1));
    }

    @Test
    default void countsHowOftenTheSameContentCame() {
        quarantine(Optional.of(ACCOUNT), "config event", CONTENT, NOON);
        quarantine(Optional.of(ACCOUNT), "config event", CONTENT, NOON.plusSeconds(60));
        quarantine(Optional.of(ACCOUNT), "config event", CONTENT, NOON.plusSeconds(30));

        assertThat(store().poison(WHOLE, 10))
                .extracting(Poison::deliveries, Poison::firstSeen, Poison::lastSeen)
                .containsExactly(tuple(3L, NOON, NOON.plusSeconds(60)));
    }

    @Test
    default void tellsAccountsSourcesAndContentsApart() {
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);
        quarantine(Optional.of(ACCOUNT), "config event", CONTENT, NOON);
        quarantine(Optional.of(NEIGHBOUR), "config event", CONTENT, NOON);
        quarantine(Optional.of(ACCOUNT), "sweep", CONTENT, NOON);
        quarantine(Optional.of(ACCOUNT), "config event", other, NOON);
        quarantine(Optional.empty(), "config event", CONTENT, NOON);

        assertThat(store().poison(WHOLE, 10))
                .hasSize(5)
                .extracting(Poison::deliveries)
                .containsOnly(1L);
    }

    @Test
    default void listsThePoisonThatCameLastFirst() {
        for (int i = 0; i < 5; i++) {
            // A fraction of a second sorts after the whole second.
            Instant at = NOON.plusMillis(500L * ((i * 3) % 5));
            quarantine(Optional.of(ACCOUNT), "source " + i, CONTENT, at);
        }

        assertThat(store().poison(WHOLE, 10))
                .extracting(Poison::lastSeen)
                .containsExactly(
                        NOON.plusMillis(2000),
                        NOON.plusMillis(1500),
                        NOON.plusMillis(1000),
                        NOON.plusMillis(500),
                        NOON);
        assertThat(store().poison(WHOLE, 2))
                .extracting(Poison::lastSeen)
                .containsExactly(NOON.plusMillis(2000), NOON.plusMillis(1500));
    }

    @Test
    default void showsPoisonWithoutAnAccountToTheWholeMainTenantOnly() {
        quarantine(Optional.empty(), "stream", CONTENT, NOON);
        quarantine(Optional.of(ACCOUNT), "stream", CONTENT, NOON);
        quarantine(Optional.of(FOREIGN), "stream", CONTENT, NOON);

        assertThat(store().poison(WHOLE, 10))
                .extracting(Poison::account)
                .containsExactlyInAnyOrder(Optional.empty(), Optional.of(ACCOUNT));
        assertThat(store().poison(Scope.operator(Scope.MAIN, ACCOUNT), 10))
                .extracting(Poison::account)
                .containsExactly(Optional.of(ACCOUNT));
        assertThat(store().poison(Scope.operator(OTHER), 10))
                .extracting(Poison::account)
                .containsExactly(Optional.of(FOREIGN));
    }
}
