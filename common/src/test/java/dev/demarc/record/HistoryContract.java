package dev.demarc.record;

import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.passing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The steps of one resource, the newest first. */
public interface HistoryContract extends StoreContract {

    @Test
    default void givesTheHistoryOfAResourceTheNewestFirst() {
        project(failing("a", 1));
        project(passing("a", 2));
        project(failing("a", 11));
        project(failing("b", 3));

        List<HistoryEntry> history = store().history(WHOLE, bucket("a"), "", 10);

        assertThat(history)
                .extracting(HistoryEntry::at)
                .containsExactly(NOON.plusSeconds(11), NOON.plusSeconds(2), NOON.plusSeconds(1));
        assertThat(history.getFirst().changes())
                .containsExactly(new HistoryEntry.Change(ENCRYPTION, Projected.FIXED, Projected.NON_COMPLIANT));
    }

    @Test
    default void pagesThroughTheHistory() {
        for (int i = 1; i <= 7; i++) {
            project(i % 2 == 1 ? failing("a", i) : passing("a", i));
        }
        List<HistoryEntry> whole = store().history(WHOLE, bucket("a"), "", 100);

        List<HistoryEntry> paged = new ArrayList<>();
        List<HistoryEntry> page = store().history(WHOLE, bucket("a"), "", 3);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            paged.addAll(page);
            page = store().history(WHOLE, bucket("a"), paged.getLast().id(), 3);
        }

        assertThat(whole).hasSize(7);
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    default void keepsTheHistoryOfADeletedResource() {
        project(failing("a", 1));
        project(gone("a", 2));

        assertThat(store().history(WHOLE, bucket("a"), "", 10)).hasSize(2);
    }

    @Test
    default void keepsTheConfirmationOfAFixAfterTheFix() {
        project(failing("a", 1));
        Projected fixed = project(passing("a", 2));
        Instant sweep = NOON.plusSeconds(60);

        store().project(Projection.between(Optional.of(fixed), fixed.confirm(ignored -> true), Optional.of(sweep)));

        List<HistoryEntry> history = store().history(WHOLE, bucket("a"), "", 10);
        assertThat(history).hasSize(3);
        assertThat(history.getFirst().at()).isEqualTo(sweep);
        assertThat(history.getFirst().changes())
                .containsExactly(new HistoryEntry.Change(ENCRYPTION, Projected.FIXED, Projected.COMPLIANT));
    }

    @Test
    default void doesNotMixTheHistoriesOfResourcesWithSimilarNames() {
        for (String name : List.of("a", "a#2026", "a|b", "ab", "A")) {
            project(failing(name, 1));
        }

        assertThat(store().history(WHOLE, bucket("a"), "", 10))
                .extracting(HistoryEntry::resource)
                .containsExactly(bucket("a"));
        assertThat(store().history(WHOLE, bucket("a#2026"), "", 10))
                .extracting(HistoryEntry::resource)
                .containsExactly(bucket("a#2026"));
    }
}
