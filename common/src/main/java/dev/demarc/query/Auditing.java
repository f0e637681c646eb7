package dev.demarc.query;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the audit from counters: a row for each service type in use and each of its controls. */
final class Auditing {
    private static final Optional<String> NO_CHECK = Optional.of("no automated check decides this control");

    private record Subject(ServiceType serviceType, ControlId control) {}

    private final Terms terms;
    private final ActiveWaivers waivers;
    private final Standings standings;
    private final Facts facts;
    private final Map<Subject, Boolean> wantedRows = new HashMap<>();
    private final Map<Subject, Audit.Row> rows = new HashMap<>();

    Auditing(Terms terms, ActiveWaivers waivers, Standings standings, Facts facts) {
        this.terms = terms;
        this.waivers = waivers;
        this.standings = standings;
        this.facts = facts;
    }

    Audit audit(FindingFilter filter, Instant now) {
        Wanted wanted = new Wanted(filter);
        facts.rollups().forEach((key, count) -> {
            if (isCounted(key)
                    && wanted.account(Optional.of(key.account()))
                    && isWanted(wanted, key.provider(), key.serviceType(), key.control())) {
                count(key, count);
            }
        });
        facts.live().forEach((one, count) -> {
            if (wanted.account(Optional.of(one.account().account()))) {
                attested(wanted, one, count);
            }
        });
        return new Audit(
                now,
                rows.values().stream()
                        .sorted(Comparator.comparing(Audit.Row::serviceType).thenComparing(Audit.Row::control))
                        .toList());
    }

    /** What only an attestation answers is not taken from verdicts. */
    private boolean isCounted(RollupKey key) {
        return !key.verdict().equals(Projected.UNCATALOGUED)
                && key.workload().isEmpty()
                && !terms.needsAttestation(key.serviceType(), key.control());
    }

    private void count(RollupKey key, long count) {
        Optional<String> gap = terms.isAutomated(key.serviceType(), key.control())
                ? facts.validation()
                        .gap(new TypeInAccount(key.accountId(), key.serviceType()))
                        .map(Validation.Gap::reason)
                : NO_CHECK;
        row(key.provider(), key.serviceType(), key.control())
                .tally()
                .count(terms.word(key), count, key.accountId(), gap, waivers.covering(key));
    }

    private void attested(Wanted wanted, TypeInAccount one, long count) {
        AccountId account = one.account();
        for (Responsibility row : terms.entry(one.serviceType())
                .map(CatalogueEntry::responsibilities)
                .orElse(List.of())) {
            if (Terms.needsAttestation(row) && isWanted(wanted, account.provider(), one.serviceType(), row.control())) {
                row(account.provider(), one.serviceType(), row.control())
                        .tally()
                        .count(
                                word(row, one),
                                count,
                                account,
                                NO_CHECK,
                                waivers.covering(row.control(), Optional.of(account), one.serviceType()));
            }
        }
    }

    private String word(Responsibility row, TypeInAccount one) {
        if (row.owner() == Responsibility.Owner.PROVIDER) {
            return Projected.NOT_APPLICABLE;
        }
        return standings
                        .of(one.serviceType(), row.control(), one.account())
                        .valid()
                        .isPresent()
                ? AuditTally.ATTESTED
                : Projected.UNKNOWN;
    }

    private Audit.Row row(Provider provider, ServiceType serviceType, ControlId control) {
        return rows.computeIfAbsent(
                new Subject(serviceType, control), ignored -> new Audit.Row(provider, serviceType, control, terms));
    }

    private boolean isWanted(Wanted wanted, Provider provider, ServiceType serviceType, ControlId control) {
        return wantedRows.computeIfAbsent(new Subject(serviceType, control), subject -> {
            Optional<CatalogueEntry> entry = terms.entry(serviceType);
            return wanted.row(
                    provider,
                    entry.map(CatalogueEntry::serviceClass).orElse(""),
                    serviceType,
                    entry.map(one -> one.tier().name()).orElse(""),
                    control,
                    terms.control(control).map(Control::pattern).orElse(""));
        });
    }
}
