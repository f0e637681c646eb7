package dev.demarc.record;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import java.util.Optional;

/**
 * A counter: how many live resources of an account and service type have this verdict for this control. {@code verdict} is one of
 * {@code COMPLIANT}, {@code FIXED} (compliant since a fix that no later sweep has confirmed), {@code NON_COMPLIANT}, {@code UNKNOWN},
 * {@code NOT_APPLICABLE}, {@code UNCATALOGUED}, or names the workload of the resources ({@link #workload}). The labels and the exposure are set for verdicts that have a finding ({@link #hasFindings}),
 * so that all findings under one key share priority and category; otherwise they are empty.
 */
public record RollupKey(
        String tenant,
        Provider provider,
        String account,
        ServiceType serviceType,
        ControlId control,
        String verdict,
        Optional<Labels.Level> sensitivity,
        Optional<Labels.Level> criticality,
        boolean exposed) {

    private static final String WORKLOAD = "WORKLOAD ";

    /** The verdict of the counter of live resources that carry the label of this workload. */
    public static String inWorkload(String name) {
        return WORKLOAD + name;
    }

    /** The workload whose live resources this counts; empty for a counter of verdicts. */
    public Optional<String> workload() {
        return verdict.startsWith(WORKLOAD) ? Optional.of(verdict.substring(WORKLOAD.length())) : Optional.empty();
    }

    public AccountId accountId() {
        return new AccountId(provider, account);
    }

    /** Whether each resource counted here has a stored finding. */
    public boolean hasFindings() {
        return hasFindings(verdict);
    }

    static boolean hasFindings(String verdict) {
        return switch (verdict) {
            case Projected.NON_COMPLIANT, Projected.UNKNOWN, Projected.FIXED -> true;
            default -> false;
        };
    }
}
