package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.SweepEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");

    @Test
    void readsWhatItWrote() {
        Checkpoint checkpoint = at("AWS::S3::Bucket", "token+/=\"", new Seen(Set.of(0L, 1L, (1L << 48) - 1), true));

        assertThat(Checkpoint.read(checkpoint.write())).isEqualTo(checkpoint);
    }

    @Test
    void readsWhatItWroteAtTheBeginning() {
        assertThat(Checkpoint.read(Checkpoint.start(START).write())).isEqualTo(Checkpoint.start(START));
    }

    @Test
    void tellsNothingListedFromNotKnowingWhatWasListed() {
        assertThat(Checkpoint.read(at("T", "2", Seen.none()).write()).seen().whole())
                .isTrue();
        assertThat(Checkpoint.read(at("T", "2", Seen.forgotten()).write())
                        .seen()
                        .whole())
                .isFalse();
    }

    @Test
    void staysSmallAndForgetsWhatWasListedOfAHugeType() {
        Seen many = new Seen(
                LongStream.rangeClosed(0, Seen.CARRIED).boxed().collect(Collectors.toCollection(TreeSet::new)), true);

        String text = at("T", "2", many).write();

        assertThat(text).hasSizeLessThan(1_000);
        assertThat(Checkpoint.read(text).seen().whole()).isFalse();
    }

    @Test
    void carriesWhatFits() {
        Seen most = new Seen(
                LongStream.range(0, Seen.CARRIED).boxed().collect(Collectors.toCollection(TreeSet::new)), true);

        String text = at("T", "2", most).write();

        assertThat(text).hasSizeLessThan(17_000);
        assertThat(Checkpoint.read(text).seen()).isEqualTo(most);
    }

    @Test
    void hashesAResourceIntoFortyEightBits() {
        long one = Seen.hash(FakeCloud.bucket("a"));

        assertThat(one).isEqualTo(Seen.hash(FakeCloud.bucket("a"))).isBetween(0L, (1L << 48) - 1);
        assertThat(one).isNotEqualTo(Seen.hash(FakeCloud.bucket("b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{}",
                "{\"startedAt\":\"yesterday\"}",
                "{\"startedAt\":\"2026-11-24T06:00:00Z\",\"serviceType\":\"T\",\"pageToken\":\"2\",\"seen\":\"AAAA\"}",
                "{\"startedAt\":\"2026-11-24T06:00:00Z\",\"serviceType\":\"T\",\"pageToken\":\"2\",\"seen\":\"%\"}"
            })
    void refusesWhatIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsTheSweepThatWasCutOff() {
        Checkpoint cut = at("B", "2", Seen.none());

        Optional<Checkpoint> found = unfinished(
                evidence(
                        "A",
                        START,
                        SweepEvidence.State.UNDER_WAY,
                        at("A", "9", Seen.none()).note()),
                evidence("A", START, SweepEvidence.State.COMPLETE, ""),
                evidence("B", START.minus(Duration.ofDays(1)), SweepEvidence.State.COMPLETE, ""),
                evidence("B", START, SweepEvidence.State.UNDER_WAY, cut.note()));

        assertThat(found.map(Checkpoint::serviceType)).contains("B");
        assertThat(found.map(Checkpoint::pageToken)).contains(Optional.of("2"));
        // The note does not carry what was listed, so it must not look as if nothing had been.
        assertThat(found.map(one -> one.seen().whole())).contains(false);
    }

    @Test
    void findsNoneWhenTheLastOneHasEnded() {
        assertThat(unfinished(
                        evidence(
                                "A",
                                START,
                                SweepEvidence.State.UNDER_WAY,
                                at("A", "2", Seen.none()).note()),
                        evidence("A", START, SweepEvidence.State.INCOMPLETE, "a note")))
                .isEmpty();
    }

    @Test
    void findsNoneWhenItBeganTooLongAgo() {
        Instant longAgo = START.minus(Duration.ofHours(21));

        assertThat(unfinished(evidence(
                        "A",
                        longAgo,
                        SweepEvidence.State.UNDER_WAY,
                        at("A", "2", Seen.none()).note())))
                .isEmpty();
    }

    private static Optional<Checkpoint> unfinished(SweepEvidence... evidence) {
        return Checkpoint.unfinished(List.of(evidence), START.plusSeconds(600));
    }

    private static SweepEvidence evidence(String type, Instant startedAt, SweepEvidence.State state, String note) {
        return new SweepEvidence(
                Provider.AWS, FakeCloud.ACCOUNT, new ServiceType(type), startedAt, startedAt, state, 0, 0, 0, note);
    }

    private static Checkpoint at(String type, String page, Seen seen) {
        return new Checkpoint(START, type, Optional.of(page), 5, 4, 1, seen);
    }
}
