package dev.demarc.query;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the centre derives: the question that failed and its subject, with what to do about it and how urgent that is. {@code verdict} is
 * {@code NON_COMPLIANT}, {@code UNKNOWN} or {@code COMPLIANT} (fixed, not yet validated). {@code changedAt} is when it last changed;
 * {@code lapsedAt} since when validation has lapsed.
 */
public record Finding(
        String id,
        Subject subject,
        Question question,
        Category category,
        Provider provider,
        Optional<String> account,
        ServiceType serviceType,
        String serviceClass,
        String tier,
        Optional<String> resource,
        ControlId control,
        String title,
        String pattern,
        List<String> frameworks,
        String responsibility,
        String source,
        Optional<String> verdict,
        String reason,
        String remediation,
        Optional<Instant> since,
        Optional<Instant> changedAt,
        Optional<Instant> lapsedAt,
        Assurance assurance,
        Priority priority,
        Optional<String> owner,
        Optional<String> workload,
        Optional<Waived> waived) {

    /** The waiver that covers the finding. */
    public record Waived(String waiver, String owner, Instant until) {}

    /** What a finding is about. */
    public enum Subject {
        RESOURCE,
        SERVICE_TYPE,
        SERVICE_TYPE_IN_ACCOUNT
    }

    public Json json() {
        return Json.object()
                .with("id", id)
                .with("subject", subject.name())
                .with("question", question.name())
                .with("category", category.name())
                .with("priority", priority.json())
                .with("provider", provider.word())
                .with("account", account)
                .with("serviceType", serviceType.name())
                .with("class", serviceClass)
                .with("tier", tier)
                .with("resource", resource)
                .with("control", control.value())
                .with("title", title)
                .with("pattern", pattern)
                .with("frameworks", Json.array(frameworks.stream().map(Json::of).toList()))
                .with("responsibility", responsibility)
                .with("source", Optional.of(source).filter(text -> !text.isEmpty()))
                .with("verdict", verdict)
                .with("reason", reason)
                .with("remediation", remediation)
                .with("since", since.map(Instant::toString))
                .with("changedAt", changedAt.map(Instant::toString))
                .with("lapsedAt", lapsedAt.map(Instant::toString))
                .with("owner", owner)
                .with("workload", workload)
                .withPresent("waiver", waived.map(Finding::json))
                .with("assurance", assuranceJson())
                .build();
    }

    private static Json json(Waived waived) {
        return Json.object()
                .with("id", waived.waiver())
                .with("owner", waived.owner())
                .with("until", waived.until().toString())
                .build();
    }

    /**
     * Only the answers that the subject has: a service type as such is neither implemented nor validated, unless it answers for a control that
     * no resource can show.
     */
    private Json assuranceJson() {
        Json.Builder json = Json.object().with("documented", assurance.documented());
        if (subject == Subject.RESOURCE
                || question == Question.IMPLEMENTED
                || (subject == Subject.SERVICE_TYPE && question == Question.VALIDATED)) {
            json.with("implemented", assurance.implemented());
        }
        if (subject != Subject.SERVICE_TYPE || question != Question.DOCUMENTED) {
            json.with("validated", assurance.validated());
        }
        return json.build();
    }
}
