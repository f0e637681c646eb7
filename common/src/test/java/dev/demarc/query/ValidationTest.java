package dev.demarc.query;

import static dev.demarc.query.Landscape.ACCOUNT;
import static dev.demarc.query.Landscape.BUCKET;
import static dev.demarc.query.Landscape.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.Provider;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.SweepEvidence;
import dev.demarc.register.Register;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    private static final Register.Windows WINDOWS = new Register.Windows(Duration.ofHours(24), Duration.ofHours(26));

    @ParameterizedTest
    @CsvSource(textBlock = """
            # hours since the event, since the sweep, complete, discovered, evaluated, why not
            1,  1, true,  5, 5,
            24, 26, true, 5, 5,
            1,  1, true,  0, 0,
             ,  1, true,  5, 5, the change feed has not delivered an event or canary
            25, 1, true,  5, 5, the change feed has been silent since 2026-11-23T11:00:00Z
            1,   , true,  5, 5, no sweep has run
            1,  1, false, 5, 5, 'the last sweep, at 2026-11-24T11:00:00Z, did not complete'
            1, 27, true,  5, 5, the last complete sweep was at 2026-11-23T09:00:00Z
            1,  1, true,  5, 4, the last sweep evaluated 4 of 5
            """)
    void saysWhichEvidenceLapsed(
            @Nullable Integer event,
            @Nullable Integer sweep,
            boolean complete,
            long discovered,
            long evaluated,
            @Nullable String why) {
        List<FeedEvidence> feeds =
                event == null ? List.of() : List.of(new FeedEvidence(Provider.AWS, ACCOUNT, BUCKET, hoursAgo(event)));
        List<SweepEvidence> sweeps = sweep == null
                ? List.of()
                : List.of(new SweepEvidence(
                        Provider.AWS,
                        ACCOUNT,
                        BUCKET,
                        hoursAgo(sweep),
                        hoursAgo(sweep),
                        complete,
                        discovered,
                        evaluated,
                        discovered - evaluated));

        var gap = new Validation(feeds, sweeps, WINDOWS, NOW).gap(Provider.AWS, ACCOUNT, BUCKET);

        if (why == null) {
            assertThat(gap).isEmpty();
        } else {
            assertThat(gap).hasValueSatisfying(text -> assertThat(text).startsWith(why));
        }
    }

    @Test
    void doesNotTakeTheEvidenceOfAnotherAccount() {
        FeedEvidence feed = new FeedEvidence(Provider.AWS, "444455556666", BUCKET, NOW);
        SweepEvidence sweep = new SweepEvidence(Provider.AWS, "444455556666", BUCKET, NOW, NOW, true, 1, 1, 0);

        Validation validation = new Validation(List.of(feed), List.of(sweep), WINDOWS, NOW);

        assertThat(validation.gap(Provider.AWS, ACCOUNT, BUCKET)).isPresent();
    }

    private static Instant hoursAgo(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }
}
