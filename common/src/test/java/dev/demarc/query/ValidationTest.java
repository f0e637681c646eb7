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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    private static final Register.Windows WINDOWS = new Register.Windows(Duration.ofHours(24), Duration.ofHours(26));

    private static final TypeInAccount SUBJECT = new TypeInAccount(Landscape.account(ACCOUNT), BUCKET);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # hours since the event, since the sweep, complete, discovered, evaluated, since when not, why not
            1,  1, true,  5, 5, ,
            24, 26, true, 5, 5, ,
            1,  1, true,  0, 0, ,
             ,  1, true,  5, 5, , the change feed has not delivered an event or canary
            25, 1, true,  5, 5, 2026-11-24T11:00:00Z, the change feed has been silent since 2026-11-23T11:00:00Z
            -1, 1, true,  5, 5, , 'the last event of the change feed is dated in the future, 2026-11-24T13:00:00Z'
            1,   , true,  5, 5, , no sweep has run
            1,  1, false, 5, 5, 2026-11-24T11:00:00Z, 'the last sweep, at 2026-11-24T11:00:00Z, did not complete'
            1, 27, true,  5, 5, 2026-11-24T11:00:00Z, the last complete sweep was at 2026-11-23T09:00:00Z
            1,  1, true,  5, 4, 2026-11-24T11:00:00Z, the last sweep evaluated 4 of 5
            1, -1, true,  5, 5, , 'the last sweep is dated in the future, 2026-11-24T13:00:00Z'
            26, 27, true, 5, 5, 2026-11-24T10:00:00Z, the change feed has been silent since 2026-11-23T10:00:00Z; the last complete sweep was at
             , 27, true,  5, 5, , the change feed has not delivered an event or canary; the last complete sweep was at
            """)
    void saysWhichEvidenceLapsed(
            @Nullable Integer event,
            @Nullable Integer sweep,
            boolean complete,
            long discovered,
            long evaluated,
            @Nullable Instant since,
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
                        complete ? SweepEvidence.State.COMPLETE : SweepEvidence.State.INCOMPLETE,
                        discovered,
                        evaluated,
                        discovered - evaluated,
                        ""));

        var gap = new Validation(feeds, sweeps, WINDOWS, NOW).gap(SUBJECT);

        if (why == null) {
            assertThat(gap).isEmpty();
        } else {
            assertThat(gap).hasValueSatisfying(one -> {
                assertThat(one.reason()).startsWith(why);
                assertThat(one.since()).isEqualTo(Optional.ofNullable(since));
            });
        }
    }

    @Test
    void doesNotTakeTheEvidenceOfAnotherAccount() {
        FeedEvidence feed = new FeedEvidence(Provider.AWS, "444455556666", BUCKET, NOW);
        SweepEvidence sweep = new SweepEvidence(
                Provider.AWS, "444455556666", BUCKET, NOW, NOW, SweepEvidence.State.COMPLETE, 1, 1, 0, "");

        Validation validation = new Validation(List.of(feed), List.of(sweep), WINDOWS, NOW);

        assertThat(validation.gap(SUBJECT)).isPresent();
    }

    @Test
    void allowsForClocksThatDifferALittle() {
        Instant ahead = NOW.plus(Duration.ofMinutes(5));

        assertThat(validation(ahead, sweep(ahead, SweepEvidence.State.COMPLETE)).gap(SUBJECT))
                .isEmpty();
        assertThat(validation(ahead.plusSeconds(1), sweep(ahead, SweepEvidence.State.COMPLETE))
                        .gap(SUBJECT))
                .isPresent();
    }

    @Test
    void doesNotLetASweepUnderWayHideTheOneThatEnded() {
        SweepEvidence ended = sweep(hoursAgo(3), SweepEvidence.State.COMPLETE);
        SweepEvidence going = sweep(hoursAgo(1), SweepEvidence.State.UNDER_WAY);

        Validation both = validation(hoursAgo(1), ended, going);

        assertThat(both.gap(SUBJECT)).isEmpty();
        assertThat(both.lastSweep(SUBJECT)).contains(ended);
        assertThat(both.sweepUnderWay(SUBJECT)).contains(going);
        assertThat(validation(hoursAgo(1), going).gap(SUBJECT)).isPresent();
    }

    @Test
    void forgetsASweepUnderWayThatALaterOneOvertook() {
        Validation validation = validation(
                hoursAgo(1),
                sweep(hoursAgo(3), SweepEvidence.State.UNDER_WAY),
                sweep(hoursAgo(2), SweepEvidence.State.COMPLETE));

        assertThat(validation.sweepUnderWay(SUBJECT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # state, fixed so many hours ago, swept since
            COMPLETE,   3, true
            COMPLETE,   2, false
            COMPLETE,   1, false
            INCOMPLETE, 3, false
            UNDER_WAY,  3, false
            """)
    void takesOnlyACompleteSweepThatBeganLater(SweepEvidence.State state, int fixed, boolean swept) {
        Validation validation = validation(hoursAgo(1), sweep(hoursAgo(2), state));

        assertThat(validation.isSweptAfter(SUBJECT, hoursAgo(fixed))).isEqualTo(swept);
    }

    private static Validation validation(Instant event, SweepEvidence... sweeps) {
        return new Validation(
                List.of(new FeedEvidence(Provider.AWS, ACCOUNT, BUCKET, event)), List.of(sweeps), WINDOWS, NOW);
    }

    private static SweepEvidence sweep(Instant at, SweepEvidence.State state) {
        return new SweepEvidence(Provider.AWS, ACCOUNT, BUCKET, at, at, state, 1, 1, 0, "");
    }

    private static Instant hoursAgo(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }
}
