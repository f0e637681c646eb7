package dev.demarc.query;

import dev.demarc.record.FeedEvidence;
import dev.demarc.record.SweepEvidence;
import dev.demarc.register.Register;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The answer to "continuously validated?" from evidence: a living feed, and a sweep that completed and covered everything. */
final class Validation {
    // Clocks differ a little; what is dated later than this proves nothing.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** Why a type is not validated in an account, and since when; without a time when it never was. */
    record Gap(String reason, Optional<Instant> since) {
        private Gap and(Gap other) {
            Optional<Instant> earlier = since.flatMap(one -> other.since.map(two -> one.isBefore(two) ? one : two));
            return new Gap(reason + "; " + other.reason, earlier);
        }
    }

    private final Map<TypeInAccount, FeedEvidence> feeds = new HashMap<>();
    private final Map<TypeInAccount, SweepEvidence> ended = new HashMap<>();
    private final Map<TypeInAccount, SweepEvidence> underWay = new HashMap<>();
    private final Map<TypeInAccount, Optional<Gap>> gaps = new HashMap<>();
    private final Register.Windows windows;
    private final Instant now;

    Validation(List<FeedEvidence> feeds, List<SweepEvidence> sweeps, Register.Windows windows, Instant now) {
        feeds.forEach(one -> this.feeds.merge(
                new TypeInAccount(one.accountId(), one.serviceType()),
                one,
                (known, other) -> other.lastEventAt().isAfter(known.lastEventAt()) ? other : known));
        sweeps.forEach(one -> (one.hasEnded() ? ended : underWay)
                .merge(
                        new TypeInAccount(one.accountId(), one.serviceType()),
                        one,
                        (known, other) -> other.startedAt().isAfter(known.startedAt()) ? other : known));
        this.windows = windows;
        this.now = now;
    }

    /** Why the type is not validated in the account; empty when it is. */
    Optional<Gap> gap(TypeInAccount subject) {
        return gaps.computeIfAbsent(subject, ignored -> {
            Optional<Gap> feed = feedGap(lastEventAt(subject));
            Optional<Gap> sweep = sweepGap(lastSweep(subject));
            return feed.isPresent() && sweep.isPresent() ? feed.map(one -> one.and(sweep.get())) : feed.or(() -> sweep);
        });
    }

    /** Whether the type's last ended sweep in the account covered everything and began after the moment. */
    boolean isSweptAfter(TypeInAccount subject, Instant moment) {
        return lastSweep(subject)
                .filter(sweep -> sweep.isComplete() && sweep.evaluated() >= sweep.discovered())
                .filter(sweep ->
                        !isAhead(sweep.finishedAt()) && sweep.startedAt().isAfter(moment))
                .isPresent();
    }

    Optional<Instant> lastEventAt(TypeInAccount subject) {
        return Optional.ofNullable(feeds.get(subject)).map(FeedEvidence::lastEventAt);
    }

    Optional<SweepEvidence> lastSweep(TypeInAccount subject) {
        return Optional.ofNullable(ended.get(subject));
    }

    /** The sweep that goes on now: none that began before the last one that ended. */
    Optional<SweepEvidence> sweepUnderWay(TypeInAccount subject) {
        return Optional.ofNullable(underWay.get(subject))
                .filter(going -> lastSweep(subject)
                        .map(last -> going.startedAt().isAfter(last.startedAt()))
                        .orElse(true));
    }

    /** Everything that there is evidence of, in order. */
    Set<TypeInAccount> subjects() {
        Set<TypeInAccount> all = new TreeSet<>();
        Stream.of(feeds, ended, underWay).forEach(evidence -> all.addAll(evidence.keySet()));
        return all;
    }

    private boolean isAhead(Instant moment) {
        return moment.isAfter(now.plus(CLOCK_SKEW));
    }

    private Optional<Gap> feedGap(Optional<Instant> lastEvent) {
        if (lastEvent.isEmpty()) {
            return Optional.of(new Gap("the change feed has not delivered an event or canary", Optional.empty()));
        }
        Instant at = lastEvent.get();
        if (isAhead(at)) {
            return Optional.of(
                    new Gap("the last event of the change feed is dated in the future, " + at, Optional.empty()));
        }
        if (at.isBefore(now.minus(windows.event()))) {
            return Optional.of(
                    new Gap("the change feed has been silent since " + at, Optional.of(at.plus(windows.event()))));
        }
        return Optional.empty();
    }

    private Optional<Gap> sweepGap(Optional<SweepEvidence> last) {
        if (last.isEmpty()) {
            return Optional.of(new Gap("no sweep has run", Optional.empty()));
        }
        SweepEvidence sweep = last.get();
        if (isAhead(sweep.finishedAt())) {
            return Optional.of(
                    new Gap("the last sweep is dated in the future, " + sweep.finishedAt(), Optional.empty()));
        }
        if (!sweep.isComplete()) {
            return Optional.of(new Gap(
                    "the last sweep, at " + sweep.finishedAt() + ", did not complete: " + sweep.evaluated() + " of "
                            + sweep.discovered() + " evaluated, " + sweep.failed() + " failed",
                    Optional.of(sweep.startedAt())));
        }
        if (sweep.finishedAt().isBefore(now.minus(windows.sweep()))) {
            return Optional.of(new Gap(
                    "the last complete sweep was at " + sweep.finishedAt(),
                    Optional.of(sweep.finishedAt().plus(windows.sweep()))));
        }
        if (sweep.evaluated() < sweep.discovered()) {
            return Optional.of(new Gap(
                    "the last sweep evaluated " + sweep.evaluated() + " of " + sweep.discovered(),
                    Optional.of(sweep.startedAt())));
        }
        return Optional.empty();
    }
}
