package dev.demarc.query;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.govern.Attestation;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projected;
import dev.demarc.register.Documented;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The findings that no resource has: service types and controls that are not documented, service types that are not validated in an account,
 * and controls that only an attestation can answer. Their number grows with service types × accounts.
 */
final class TypeFindings {
    private static final ControlId ALIVE = new ControlId("MCC-06");
    private static final String REVIEW =
            "Review the service type's controls with 'demarc catalogue', and record owner, date and approval in the register.";
    private static final String REVIVE =
            "Restore the change feed of this account for the type, and let a sweep complete.";

    private final Terms terms;
    private final ActiveWaivers waivers;
    private final Standings standings;
    private final Facts facts;

    TypeFindings(Terms terms, ActiveWaivers waivers, Standings standings, Facts facts) {
        this.terms = terms;
        this.waivers = waivers;
        this.standings = standings;
        this.facts = facts;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        TreeMap<ServiceType, List<AccountId>> users = new TreeMap<>();
        facts.live()
                .keySet()
                .forEach(one -> users.computeIfAbsent(one.serviceType(), ignored -> new ArrayList<>())
                        .add(one.account()));
        users.forEach((serviceType, accounts) -> ofType(serviceType, accounts, findings));
        return findings;
    }

    /** The finding of this id; reads as much as {@link #all}, derives only what belongs to the type. */
    Optional<Finding> find(String id, ServiceType serviceType) {
        List<AccountId> accounts = new ArrayList<>();
        facts.live().keySet().stream()
                .filter(one -> one.serviceType().equals(serviceType))
                .forEach(one -> accounts.add(one.account()));
        List<Finding> findings = new ArrayList<>();
        if (!accounts.isEmpty()) {
            ofType(serviceType, accounts, findings);
        }
        return findings.stream().filter(finding -> finding.id().equals(id)).findFirst();
    }

    private void ofType(ServiceType serviceType, List<AccountId> accounts, List<Finding> findings) {
        Provider provider = accounts.getFirst().provider();
        Optional<CatalogueEntry> entry = terms.entry(serviceType);
        if (terms.documented(serviceType) instanceof Documented.No(String because, Documented.Scope ignored)) {
            findings.add(undocumented(provider, serviceType, Projected.RECORDED_TYPE, because));
        } else {
            entry.map(CatalogueEntry::responsibilities).orElse(List.of()).forEach(row -> {
                if (terms.documented(serviceType, row.control())
                        instanceof Documented.No(String because, Documented.Scope ignored)) {
                    findings.add(undocumented(provider, serviceType, row.control(), because));
                }
            });
        }
        if (entry.isPresent()) {
            accounts.forEach(account -> notValidated(account, serviceType).ifPresent(findings::add));
            entry.get().responsibilities().stream()
                    .filter(row -> row.owner() != Responsibility.Owner.PROVIDER && Terms.needsAttestation(row))
                    .forEach(row -> attested(provider, serviceType, row, accounts, findings));
        }
    }

    private Finding undocumented(Provider provider, ServiceType serviceType, ControlId control, String because) {
        return new Draft(terms, provider, serviceType, control)
                .says(because, REVIEW)
                .waived(waivers.covering(control, Optional.empty(), serviceType))
                .ofType();
    }

    private Optional<Finding> notValidated(AccountId account, ServiceType serviceType) {
        return facts.validation()
                .gap(new TypeInAccount(account, serviceType))
                .map(gap -> new Draft(terms, account.provider(), serviceType, ALIVE)
                        .subject(Finding.Subject.SERVICE_TYPE_IN_ACCOUNT)
                        .account(account.account())
                        .failed(
                                Question.VALIDATED,
                                new Assurance(terms.documented(serviceType).isYes(), true, false))
                        .says(gap.reason(), REVIVE)
                        .since(gap.since())
                        .lapsedAt(gap.since())
                        .waived(waivers.covering(ALIVE, Optional.of(account), serviceType))
                        .ofType());
    }

    private void attested(
            Provider provider,
            ServiceType serviceType,
            Responsibility row,
            List<AccountId> accounts,
            List<Finding> findings) {
        ControlId control = row.control();
        if (!standings.differByAccount(serviceType, control, accounts)) {
            findings.add(attested(
                            new Draft(terms, provider, serviceType, control),
                            serviceType,
                            row,
                            standings.of(serviceType, control))
                    .waived(waivers.covering(control, Optional.empty(), serviceType))
                    .ofType());
            return;
        }
        accounts.forEach(account -> findings.add(attested(
                        new Draft(terms, provider, serviceType, control)
                                .subject(Finding.Subject.SERVICE_TYPE_IN_ACCOUNT)
                                .account(account.account()),
                        serviceType,
                        row,
                        standings.of(serviceType, control, account))
                .waived(waivers.covering(control, Optional.of(account), serviceType))
                .ofType()));
    }

    private Draft attested(Draft draft, ServiceType serviceType, Responsibility row, Standings.Standing standing) {
        boolean documented = terms.documented(serviceType, row.control()).isYes();
        return standing.valid()
                .map(valid -> draft.failed(Question.VALIDATED, new Assurance(documented, true, false))
                        .says(
                                "attested, which no automated check validates; the attestation " + valid.id()
                                        + " expires at " + valid.expiresAt(),
                                "Renew the attestation before it expires; it stands in for a check that configuration cannot give.")
                        .since(Optional.of(valid.attestedAt())))
                .orElseGet(() -> draft.failed(Question.IMPLEMENTED, new Assurance(documented, false, false))
                        .verdict(Projected.UNKNOWN)
                        .says(unattested(row, standing.lapsed()), remediation(row))
                        .since(lapsedAt(standing)));
    }

    private static Optional<Instant> lapsedAt(Standings.Standing standing) {
        return standing.lapsed().map(Attestation::expiresAt);
    }

    private static String unattested(Responsibility row, Optional<Attestation> lapsed) {
        String needs = switch (row.decision()) {
            case Responsibility.Decision.ByAttestation(String because) -> "needs an attestation: " + because;
            case Responsibility.Decision.ByGuest(String because) -> "needs evidence from inside the guest: " + because;
            case Responsibility.Decision.ByProvider(String because) -> because;
            case Responsibility.Decision.Check ignored -> "";
        };
        return lapsed.map(one -> "the attestation " + one.id() + " expired at " + one.expiresAt() + "; " + needs)
                .orElse(needs);
    }

    private static String remediation(Responsibility row) {
        String does = row.remediation().isBlank() ? row.customerDoes() : row.remediation();
        return (does + " Then attest it, with the evidence and an expiry.").strip();
    }
}
