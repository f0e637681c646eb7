package dev.demarc.record;

import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.LABELS;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.next;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.ControlId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryEntryTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # from, to, what it means for the finding
            NONE,           NON_COMPLIANT,  OPENED
            NONE,           UNKNOWN,        OPENED
            COMPLIANT,      NON_COMPLIANT,  OPENED
            NOT_APPLICABLE, NON_COMPLIANT,  OPENED
            FIXED,          NON_COMPLIANT,  OPENED
            UNKNOWN,        NON_COMPLIANT,  WORSENED
            NON_COMPLIANT,  UNKNOWN,        CHANGED
            NON_COMPLIANT,  FIXED,          FIXED
            UNKNOWN,        FIXED,          FIXED
            NON_COMPLIANT,  COMPLIANT,      CLOSED
            NON_COMPLIANT,  NOT_APPLICABLE, CLOSED
            NON_COMPLIANT,  NONE,           CLOSED
            FIXED,          COMPLIANT,      CLOSED
            FIXED,          NONE,           CLOSED
            FIXED,          NOT_APPLICABLE, CLOSED
            NOT_APPLICABLE, FIXED,          FIXED
            NOT_APPLICABLE, COMPLIANT,      CHANGED
            NONE,           COMPLIANT,      CHANGED
            COMPLIANT,      NONE,           CHANGED
            COMPLIANT,      NOT_APPLICABLE, CHANGED
            """)
    void saysWhatAChangeMeansForTheFinding(String from, String to, HistoryEntry.Kind kind) {
        assertThat(new HistoryEntry.Change(ENCRYPTION, from, to).kind()).isEqualTo(kind);
    }

    @Test
    void isEmptyWhenNoVerdictChanges() {
        Projected before = first(failing("a", 1));
        Projected now = next(Optional.of(before), failing("a", 2));

        assertThat(HistoryEntry.between(Optional.of(before), now, Optional.empty()))
                .isEmpty();
    }

    @Test
    void namesEveryControlThatChangesInTheirOrder() {
        Projected before = first(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, FAIL)));
        Projected now = next(
                Optional.of(before), observed(bucket("a"), 2, Map.of(NETWORK, PASS, new ControlId("DAT-02"), DOUBT)));

        HistoryEntry entry =
                HistoryEntry.between(Optional.of(before), now, Optional.empty()).orElseThrow();

        assertThat(entry.at()).isEqualTo(NOON.plusSeconds(2));
        assertThat(entry.changes())
                .containsExactly(
                        new HistoryEntry.Change(ENCRYPTION, "NON_COMPLIANT", "NONE"),
                        new HistoryEntry.Change(new ControlId("DAT-02"), "NONE", "UNKNOWN"),
                        new HistoryEntry.Change(NETWORK, "NON_COMPLIANT", "FIXED"));
    }

    @Test
    void hasTheSameIdForEveryReplayOfAStepAndIdsThatSortByTime() {
        Projected opened = first(failing("a", 9));
        Projected fixed = next(Optional.of(opened), passing("a", 10));
        Projected confirmed = fixed.confirm(ignored -> true);
        Instant sweep = NOON.plusSeconds(60);
        List<String> ids = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            ids.add(HistoryEntry.between(Optional.empty(), opened, Optional.empty())
                    .orElseThrow()
                    .id());
            ids.add(HistoryEntry.between(Optional.of(opened), fixed, Optional.empty())
                    .orElseThrow()
                    .id());
            ids.add(HistoryEntry.between(Optional.of(fixed), confirmed, Optional.of(sweep))
                    .orElseThrow()
                    .id());
        }

        assertThat(ids.subList(3, 6)).isEqualTo(ids.subList(0, 3));
        assertThat(ids.subList(0, 3)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tellsARejudgementFromTheJudgementBeforeItAtTheSameVersion() {
        Projected first = first(observed(bucket("a"), version(1), "rev-1", LABELS, Map.of(ENCRYPTION, FAIL)));
        Projected again =
                next(Optional.of(first), observed(bucket("a"), version(1), "rev-2", LABELS, Map.of(ENCRYPTION, PASS)));

        assertThat(HistoryEntry.between(Optional.of(first), again, Optional.empty())
                        .orElseThrow()
                        .id())
                .isNotEqualTo(HistoryEntry.between(Optional.empty(), first, Optional.empty())
                        .orElseThrow()
                        .id());
    }
}
