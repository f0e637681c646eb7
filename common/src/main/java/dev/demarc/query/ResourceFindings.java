package dev.demarc.query;

import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From counters and stored findings to findings of resources. */
final class ResourceFindings {
    private static final String LABEL =
            "Tag the resource with its data sensitivity and business criticality, or give the service type defaults in the register.";
    private static final String SWEEP = "Let a sweep of the type begin and complete; it confirms the fix.";

    /** What findings share across accounts, but for whether the account is validated. */
    private record Kind(
            Provider provider,
            ServiceType serviceType,
            ControlId control,
            String verdict,
            Optional<Labels.Level> sensitivity,
            Optional<Labels.Level> criticality,
            boolean exposed,
            boolean validated) {}

    private final Terms terms;
    private final ActiveWaivers waivers;
    private final Facts facts;
    private final Map<Kind, Finding> kinds = new HashMap<>();

    ResourceFindings(Terms terms, ActiveWaivers waivers, Facts facts) {
        this.terms = terms;
        this.waivers = waivers;
        this.facts = facts;
    }

    /** Every counter that counts findings, of those that the filter wants for what they share. */
    List<Bucket> buckets(Wanted wanted) {
        // Each kind is one object, so that a million counters ask the filter as often as there are kinds.
        IdentityHashMap<Finding, Boolean> known = new IdentityHashMap<>();
        List<Bucket> buckets = new ArrayList<>();
        facts.rollups().forEach((key, count) -> {
            if (count > 0 && hasFindings(key) && wanted.account(Optional.of(key.account()))) {
                Finding kind = kind(key);
                if (known.computeIfAbsent(kind, wanted::kind)) {
                    Optional<Finding.Waived> waived = waivers.covering(key);
                    boolean some = waived.isEmpty() && waivers.mayCoverSome(key);
                    if (some || wanted.waived(waived)) {
                        buckets.add(new Bucket(key, count, kind, waived, some));
                    }
                }
            }
        });
        return buckets;
    }

    /** Whether the stored findings under the counter are findings: not those that the register answers, nor those asked of the type. */
    private boolean hasFindings(RollupKey key) {
        return key.hasFindings()
                && !terms.word(key).equals(Projected.COMPLIANT)
                && !terms.needsAttestation(key.serviceType(), key.control());
    }

    private Finding kind(RollupKey key) {
        boolean validated = isValidated(key);
        return kinds.computeIfAbsent(
                new Kind(
                        key.provider(),
                        key.serviceType(),
                        key.control(),
                        key.verdict(),
                        key.sensitivity(),
                        key.criticality(),
                        key.exposed(),
                        validated),
                ignored -> draft(key, validated)
                        .with("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** The finding; empty when it is none, or a fix that a sweep has confirmed and the projector has not yet heard of. */
    Optional<Finding> of(StoredFinding stored) {
        RollupKey key = stored.bucket();
        AccountId account = stored.account();
        boolean fixed = stored.verdict().equals(Projected.FIXED);
        if (!hasFindings(key)
                || (fixed
                        && facts.validation()
                                .isSweptAfter(new TypeInAccount(account, stored.serviceType()), stored.since()))) {
            return Optional.empty();
        }
        String reason = fixed
                ? "fixed at " + stored.since() + "; no sweep of the type has begun since and completed"
                : stored.reason();
        return Optional.of(draft(key, isValidated(key))
                .account(account.account())
                .says(reason, remediation(key))
                .since(Optional.of(stored.since()))
                .waived(waivers.covering(stored))
                .with(
                        stored.id(),
                        Optional.of(stored.resource().key()),
                        stored.labels().owner().or(() -> terms.owner(stored.serviceType())),
                        stored.labels().workload(),
                        Optional.of(stored.version().observedAt())));
    }

    private Draft draft(RollupKey key, boolean validated) {
        boolean documented = terms.documented(key.serviceType(), key.control()).isYes();
        boolean fixed = key.verdict().equals(Projected.FIXED);
        return new Draft(terms, key.provider(), key.serviceType(), key.control())
                .subject(Finding.Subject.RESOURCE)
                .failed(fixed ? Question.VALIDATED : Question.IMPLEMENTED, new Assurance(documented, fixed, validated))
                .verdict(fixed ? Projected.COMPLIANT : key.verdict())
                .priority(terms.priority(key));
    }

    /** Whether evidence validates what is under the counter: never a fix, which needs evidence newer than itself. */
    private boolean isValidated(RollupKey key) {
        return !key.verdict().equals(Projected.FIXED)
                && terms.isAutomated(key.serviceType(), key.control())
                && facts.validation()
                        .gap(new TypeInAccount(key.accountId(), key.serviceType()))
                        .isEmpty();
    }

    private String remediation(RollupKey key) {
        if (key.verdict().equals(Projected.FIXED)) {
            return SWEEP;
        }
        if (key.control().equals(Projected.LABELLED)) {
            return LABEL;
        }
        Optional<Responsibility> row = terms.row(key.serviceType(), key.control());
        return row.map(Responsibility::remediation)
                .filter(text -> !text.isBlank())
                .or(() -> row.map(Responsibility::customerDoes))
                .orElse("");
    }
}
