package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.Provider;
import dev.demarc.record.ObservationStore.Outcome;
import dev.demarc.record.ScopedReads.AgeMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Providers name resources as they like. */
public interface OddIdsContract extends StoreContract {
    List<String> ODD = List.of(
            "it's; DROP TABLE observation --",
            "a \"quoted\" \\ one",
            "a|b",
            "a|b|DAT-01",
            "a#b",
            "a%_*?",
            "naïve ✓ 日本 \ud83d\ude00",
            "line\nbreak\ttab",
            " leading and trailing ",
            "//storage.googleapis.com/projects/_/buckets/b",
            "x".repeat(2000),
            "x".repeat(1999) + "y",
            "x".repeat(2000) + "y",
            "\u65e5".repeat(2000));

    @Test
    default void keepsResourcesWithOddIdsApart() {
        for (String name : ODD) {
            assertThat(store().record(failing(name, 1))).isEqualTo(Outcome.RECORDED);
            project(failing(name, 1));
        }

        for (String name : ODD) {
            Projected state = first(failing(name, 1));
            assertThat(store().record(failing(name, 1))).isEqualTo(Outcome.UNCHANGED);
            assertThat(store().observation(bucket(name))).contains(failing(name, 1));
            assertThat(store().projected(WHOLE, bucket(name))).contains(state);
            assertThat(store().history(WHOLE, bucket(name), "", 10))
                    .containsExactly(step(Optional.empty(), state).history().orElseThrow());
        }
        assertThat(store().observationsOf(Provider.AWS, ACCOUNT.account(), BUCKET))
                .hasSize(ODD.size());
        assertThat(store().rollups(WHOLE).values()).containsOnly((long) ODD.size());
    }

    @Test
    default void pagesThroughFindingsOfOddIdsWithoutLosingOne() {
        List<StoredFinding> written = new ArrayList<>();
        for (String name : ODD) {
            written.addAll(project(failing(name, 1)).findings());
        }
        RollupKey bucket = written.getFirst().bucket();

        List<StoredFinding> underBucket = new ArrayList<>();
        for (var page = store().findings(WHOLE, bucket, "", 2); !page.isEmpty(); ) {
            underBucket.addAll(page);
            page = store().findings(WHOLE, bucket, page.getLast().id(), 2);
        }
        List<StoredFinding> byAge = new ArrayList<>();
        for (var page = store().findingsByAge(WHOLE, AgeMark.START, 2); !page.isEmpty(); ) {
            byAge.addAll(page);
            AgeMark mark = new AgeMark(page.getLast().since(), page.getLast().id());
            page = store().findingsByAge(WHOLE, mark, 2);
        }

        assertThat(underBucket).containsExactlyInAnyOrderElementsOf(written);
        assertThat(byAge).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    default void closesTheFindingOfALongIdAndNotThatOfItsNeighbour() {
        String one = "x".repeat(2000);
        String two = "x".repeat(1999) + "y";
        project(failing(one, 1));
        project(failing(two, 1));

        project(gone(one, 2));

        assertThat(store().findingsOf(ACCOUNT, "", 10))
                .extracting(StoredFinding::resource)
                .containsExactly(bucket(two));
        assertThat(store().findingsByAge(WHOLE, AgeMark.START, 10)).hasSize(1);
    }
}
