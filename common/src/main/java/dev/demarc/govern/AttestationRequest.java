package dev.demarc.govern;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.Responsibility.Decision;
import dev.demarc.govern.Ruling.Reason;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody attests. Who attests is not part of it: that is the caller's verified identity. */
public record AttestationRequest(
        ServiceType serviceType,
        ControlId control,
        Optional<AccountId> account,
        String statement,
        String evidence,
        Optional<Instant> expiresAt) {
    /** The longest time that an attestation holds. */
    public static final Duration LONGEST = Duration.ofDays(365);

    List<Reason> mistakes(Catalogue catalogue, Instant now) {
        List<Reason> mistakes = new ArrayList<>();
        row(catalogue, mistakes);
        Texts.require(mistakes, "statement", statement, "say how the control is met");
        Texts.require(mistakes, "evidence", evidence, "name the record that shows it: a ticket, a report, a link");
        Instant latest = now.plus(LONGEST);
        if (expiresAt.isEmpty()) {
            mistakes.add(new Reason("expiresAt", "an attestation has an expiry", "send a time not after " + latest));
        } else if (!expiresAt.get().isAfter(now)) {
            mistakes.add(new Reason("expiresAt", "it is not in the future", "send a time after " + now));
        } else if (expiresAt.get().isAfter(latest)) {
            mistakes.add(new Reason(
                    "expiresAt",
                    "an attestation holds for at most " + LONGEST.toDays() + " days",
                    "send a time not after " + latest));
        }
        return mistakes;
    }

    /** Only a row that neither configuration nor the provider decides can be attested. */
    private void row(Catalogue catalogue, List<Reason> mistakes) {
        Optional<Responsibility> row = catalogue.entry(serviceType).flatMap(entry -> entry.responsibility(control));
        if (row.isEmpty()) {
            mistakes.add(new Reason(
                    catalogue.entry(serviceType).isEmpty() ? "serviceType" : "control",
                    "the catalogue has no row " + serviceType + " × " + control,
                    "take one from the catalogue"));
            return;
        }
        switch (row.get().decision()) {
            case Decision.Check ignored ->
                mistakes.add(new Reason(
                        "control",
                        control + " of " + serviceType + " is decided by configuration",
                        "fix the configuration, or request a waiver"));
            case Decision.ByProvider ignored ->
                mistakes.add(new Reason(
                        "control", control + " of " + serviceType + " is met by the provider", "nothing is to attest"));
            case Decision.ByAttestation ignored -> {}
            case Decision.ByGuest ignored -> {}
        }
    }
}
