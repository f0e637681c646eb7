package dev.demarc.query;

import dev.demarc.model.AccountId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.SweepEvidence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How well one account is covered, by service type: live resources, the feed's last sign of life, the sweeps, and what is missing. */
public record AccountCoverage(AccountId account, List<OfType> types) {
    public AccountCoverage {
        types = List.copyOf(types);
    }

    public record OfType(
            ServiceType serviceType,
            long resources,
            Optional<Instant> lastEventAt,
            Optional<SweepEvidence> lastSweep,
            Optional<SweepEvidence> sweepUnderWay,
            Optional<String> gap,
            Optional<Instant> gapSince) {}
}
