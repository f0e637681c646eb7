package dev.demarc.govern;

import dev.demarc.govern.Ruling.Reason;
import dev.demarc.model.AccountId;
import dev.demarc.model.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody asks to have accepted. Who asks is not part of it: that is the caller's verified identity. */
public record WaiverRequest(
        Waiver.Subject subject,
        String owner,
        String reason,
        Optional<Waiver.Decision> decision,
        String compensatingControl,
        Optional<Instant> expiresAt) {

    /** Everything that keeps the request from being taken; empty when nothing does. */
    List<Reason> mistakes(WaiverTerms terms, Instant now) {
        List<Reason> mistakes = new ArrayList<>();
        Texts.require(mistakes, "owner", owner, "name the person or team that answers for the gap");
        Texts.require(mistakes, "reason", reason, "say why the gap is accepted");
        Texts.limit(mistakes, "compensatingControl", compensatingControl);
        if (decision.isEmpty()) {
            mistakes.add(
                    new Reason("decision", "no decision is named", "send ACCEPT, MITIGATE, TRANSFER or FIX_LATER"));
        }
        boolean mitigates = decision.filter(Waiver.Decision.MITIGATE::equals).isPresent();
        if (compensatingControl.isBlank() && (mitigates || terms.needsCompensatingControl())) {
            mistakes.add(new Reason(
                    "compensatingControl",
                    mitigates
                            ? "MITIGATE needs a compensating control"
                            : "a gap of priority " + terms + " needs a compensating control",
                    "say what limits the risk until the gap is closed"));
        }
        WaiverRules.expiry(mistakes, "expiresAt", expiresAt, terms, now);
        place(mistakes);
        return mistakes;
    }

    private void place(List<Reason> mistakes) {
        Optional<AccountId> home;
        try {
            home = subject.resource().map(key -> AccountId.of(ResourceId.ofKey(key)));
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    new Reason("subject.resource", "it is not a resource key", "send provider|account|region|type|id"));
            return;
        }
        if (home.isPresent() && subject.account().isPresent() && !home.equals(subject.account())) {
            mistakes.add(
                    new Reason("subject.account", "the resource lies in another account", "leave one of the two out"));
        }
    }
}
