package dev.demarc.query;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A finding in the making: starts with what the catalogue and the register say, and is told the rest. */
final class Draft {
    private final Terms terms;
    private final Provider provider;
    private final ServiceType serviceType;
    private final ControlId control;
    private Finding.Subject subject = Finding.Subject.SERVICE_TYPE;
    private Question question = Question.DOCUMENTED;
    private Assurance assurance = new Assurance(false, true, true);
    private Priority priority;
    private Optional<String> account = Optional.empty();
    private Optional<String> verdict = Optional.empty();
    private String reason = "";
    private String remediation = "";
    private Optional<Instant> since = Optional.empty();
    private Optional<Instant> lapsedAt = Optional.empty();
    private Optional<Finding.Waived> waived = Optional.empty();

    Draft(Terms terms, Provider provider, ServiceType serviceType, ControlId control) {
        this.terms = terms;
        this.provider = provider;
        this.serviceType = serviceType;
        this.control = control;
        this.priority = terms.priority(serviceType, control);
    }

    Draft subject(Finding.Subject newSubject) {
        subject = newSubject;
        return this;
    }

    Draft account(String newAccount) {
        account = Optional.of(newAccount);
        return this;
    }

    Draft failed(Question newQuestion, Assurance newAssurance) {
        question = newQuestion;
        assurance = newAssurance;
        return this;
    }

    Draft priority(Priority newPriority) {
        priority = newPriority;
        return this;
    }

    Draft verdict(String newVerdict) {
        verdict = Optional.of(newVerdict);
        return this;
    }

    Draft says(String newReason, String newRemediation) {
        reason = newReason;
        remediation = newRemediation;
        return this;
    }

    Draft since(Optional<Instant> newSince) {
        since = newSince;
        return this;
    }

    Draft lapsedAt(Optional<Instant> newLapsedAt) {
        lapsedAt = newLapsedAt;
        return this;
    }

    Draft waived(Optional<Finding.Waived> newWaived) {
        waived = newWaived;
        return this;
    }

    /** The finding of a service type, or of a service type in an account when there is one. */
    Finding ofType() {
        String id =
                provider.word() + "|" + account.orElse("*") + "|*|" + serviceType + "|*|" + control + "|" + question;
        return with(id, Optional.empty(), terms.owner(serviceType), Optional.empty(), since);
    }

    Finding with(
            String id,
            Optional<String> resource,
            Optional<String> owner,
            Optional<String> workload,
            Optional<Instant> changedAt) {
        Optional<CatalogueEntry> entry = terms.entry(serviceType);
        Optional<Responsibility> row = terms.row(serviceType, control);
        return new Finding(
                id,
                subject,
                question,
                assurance.category(),
                provider,
                account,
                serviceType,
                entry.map(CatalogueEntry::serviceClass).orElse(""),
                entry.map(one -> one.tier().name()).orElse(""),
                resource,
                control,
                terms.control(control).map(Control::title).orElse(control.value()),
                terms.control(control).map(Control::pattern).orElse(""),
                terms.control(control).map(Control::frameworkControls).orElse(List.of()),
                row.map(one -> one.owner().name()).orElse("CUSTOMER"),
                row.flatMap(one -> one.sources().stream().findFirst())
                        .map(Responsibility.Source::url)
                        .orElse(""),
                verdict,
                reason,
                remediation,
                since,
                changedAt,
                lapsedAt,
                assurance,
                priority,
                owner,
                workload,
                waived);
    }
}
