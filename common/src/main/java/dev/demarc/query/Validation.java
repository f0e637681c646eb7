package dev.demarc.query;

import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.SweepEvidence;
import dev.demarc.register.Register;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to "continuously validated?" from evidence: a living feed, and a sweep that completed and covered everything. */
final class Validation {
    private record Key(Provider provider, String account, ServiceType serviceType) {}

    private final Map<Key, FeedEvidence> feeds = new HashMap<>();
    private final Map<Key, SweepEvidence> sweeps = new HashMap<>();
    private final Register.Windows windows;
    private final Instant now;

    Validation(List<FeedEvidence> feeds, List<SweepEvidence> sweeps, Register.Windows windows, Instant now) {
        feeds.forEach(one -> this.feeds.put(new Key(one.provider(), one.account(), one.serviceType()), one));
        sweeps.forEach(one -> this.sweeps.put(new Key(one.provider(), one.account(), one.serviceType()), one));
        this.windows = windows;
        this.now = now;
    }

    /** Why the type is not validated in the account; empty when it is. */
    Optional<String> gap(Provider provider, String account, ServiceType serviceType) {
        Key key = new Key(provider, account, serviceType);
        return feedGap(feeds.get(key)).or(() -> sweepGap(sweeps.get(key)));
    }

    private Optional<String> feedGap(@org.jspecify.annotations.Nullable FeedEvidence feed) {
        if (feed == null) {
            return Optional.of("the change feed has not delivered an event or canary");
        }
        if (feed.lastEventAt().isBefore(now.minus(windows.event()))) {
            return Optional.of("the change feed has been silent since " + feed.lastEventAt());
        }
        return Optional.empty();
    }

    private Optional<String> sweepGap(@org.jspecify.annotations.Nullable SweepEvidence sweep) {
        if (sweep == null) {
            return Optional.of("no sweep has run");
        }
        if (!sweep.isComplete()) {
            return Optional.of("the last sweep, at " + sweep.finishedAt() + ", did not complete: " + sweep.evaluated()
                    + " of " + sweep.discovered() + " evaluated, " + sweep.failed() + " failed");
        }
        if (sweep.finishedAt().isBefore(now.minus(windows.sweep()))) {
            return Optional.of("the last complete sweep was at " + sweep.finishedAt());
        }
        if (sweep.evaluated() < sweep.discovered()) {
            return Optional.of("the last sweep evaluated " + sweep.evaluated() + " of " + sweep.discovered());
        }
        return Optional.empty();
    }
}
