package dev.demarc.query;

import dev.demarc.govern.Attestation;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The attestations of a tenant at one moment. Where several say the same, the one that lasts longest counts. */
final class Standings {
    private static final Comparator<Attestation> LONGEST =
            Comparator.comparing(Attestation::expiresAt).thenComparing(Attestation::id);

    private record Subject(ServiceType serviceType, ControlId control, Optional<AccountId> account) {}

    /** What is attested: the valid attestation, or else the last one that has run out, or neither. */
    record Standing(Optional<Attestation> valid, Optional<Attestation> lapsed) {
        private Standing or(Standing other) {
            Optional<Attestation> best = longest(valid, other.valid);
            return new Standing(best, best.isPresent() ? Optional.empty() : longest(lapsed, other.lapsed));
        }

        private static Optional<Attestation> longest(Optional<Attestation> one, Optional<Attestation> other) {
            return Stream.concat(one.stream(), other.stream()).max(LONGEST);
        }

        private boolean isEmpty() {
            return valid.isEmpty() && lapsed.isEmpty();
        }
    }

    private static final Standing NONE = new Standing(Optional.empty(), Optional.empty());

    private final Map<Subject, Standing> standings = new HashMap<>();

    Standings(List<Attestation> all, Instant now) {
        for (Attestation one : all) {
            boolean lapsed = !one.revoked() && !now.isBefore(one.expiresAt());
            Standing standing = one.isValidAt(now)
                    ? new Standing(Optional.of(one), Optional.empty())
                    : lapsed ? new Standing(Optional.empty(), Optional.of(one)) : NONE;
            standings.merge(new Subject(one.serviceType(), one.control(), one.account()), standing, Standing::or);
        }
    }

    /** For every account. */
    Standing of(ServiceType serviceType, ControlId control) {
        return standings.getOrDefault(new Subject(serviceType, control, Optional.empty()), NONE);
    }

    /** For one account: by its own attestation, or the one for every account. */
    Standing of(ServiceType serviceType, ControlId control, AccountId account) {
        return own(serviceType, control, account).or(of(serviceType, control));
    }

    /** Whether the accounts have to be answered one by one, because one has an attestation of its own and not all have one together. */
    boolean differByAccount(ServiceType serviceType, ControlId control, Collection<AccountId> accounts) {
        return of(serviceType, control).valid().isEmpty()
                && accounts.stream()
                        .anyMatch(account -> !own(serviceType, control, account).isEmpty());
    }

    private Standing own(ServiceType serviceType, ControlId control, AccountId account) {
        return standings.getOrDefault(new Subject(serviceType, control, Optional.of(account)), NONE);
    }
}
