package dev.demarc.govern;

import dev.demarc.govern.Ruling.Reason;
import dev.demarc.model.AccountId;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
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
        Optional<ResourceId> resource;
        try {
            resource = subject.resource().map(ResourceId::ofKey);
        } catch (IllegalArgumentException e) {
            mistakes.add(
                    new Reason("subject.resource", "it is not a resource key", "send provider|account|region|type|id"));
            return;
        }
        Optional<AccountId> home = resource.map(AccountId::of);
        if (home.isPresent() && subject.account().isPresent() && !home.equals(subject.account())) {
            mistakes.add(
                    new Reason("subject.account", "the resource lies in another account", "leave one of the two out"));
        }
        subject.serviceType()
                .filter(type -> resource.map(ResourceId::type)
                        .filter(own -> !own.equalsIgnoreCase(withoutKind(type)))
                        .isPresent())
                .ifPresent(type -> mistakes.add(new Reason(
                        "subject.serviceType",
                        "the resource is not of the type " + type + ", so the waiver would cover nothing",
                        "leave one of the two out")));
    }

    /** What the provider calls it: a kind behind a hash sign is not in the key of a resource. */
    private static String withoutKind(ServiceType type) {
        int hash = type.name().indexOf('#');
        return hash < 0 ? type.name() : type.name().substring(0, hash);
    }
}
