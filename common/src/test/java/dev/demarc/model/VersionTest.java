package dev.demarc.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # earlier time, rank, later time, rank
            2026-01-31T10:00:00Z, 9, 2026-01-31T10:00:00.000000001Z, 0
            2026-01-31T10:00:00Z, 9, 2026-01-31T10:00:00Z, 10
            2025-12-31T23:59:59Z, 0, 2026-01-01T00:00:00Z, 0
            """)
    void sortsAsTextTheWayItCompares(Instant earlier, long rank, Instant later, long laterRank) {
        Version first = new Version(earlier, rank);
        Version second = new Version(later, laterRank);

        assertThat(first).isLessThan(second);
        assertThat(first.sortable()).isLessThan(second.sortable());
        assertThat(Version.ofSortable(first.sortable())).isEqualTo(first);
        assertThat(Version.ofSortable(second.sortable())).isEqualTo(second);
    }

    @Test
    void refusesTextThatIsNoVersion() {
        assertThatIllegalArgumentException().isThrownBy(() -> Version.ofSortable("2026-01-31T10:00:00Z"));
    }
}
