package dev.demarc.query;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.Optional;

/** What the centre derives: the question that failed and its subject, with what to do about it and how urgent that is. */
public record Finding(
        String id,
        Subject subject,
        Question question,
        Category category,
        Provider provider,
        Optional<String> account,
        ServiceType serviceType,
        String serviceClass,
        Optional<String> resource,
        ControlId control,
        String title,
        Optional<String> verdict,
        String reason,
        String remediation,
        Optional<Instant> since,
        Assurance assurance,
        Priority priority,
        Optional<String> owner) {

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
                .with("resource", resource)
                .with("control", control.value())
                .with("title", title)
                .with("verdict", verdict)
                .with("reason", reason)
                .with("remediation", remediation)
                .with("since", since.map(Instant::toString))
                .with("owner", owner)
                .with("assurance", assuranceJson())
                .build();
    }

    /** Only the answers that the subject has: a service type as such is neither implemented nor validated. */
    private Json assuranceJson() {
        Json.Builder json = Json.object().with("documented", assurance.documented());
        return switch (subject) {
            case RESOURCE ->
                json.with("implemented", assurance.implemented())
                        .with("validated", assurance.validated())
                        .build();
            case SERVICE_TYPE -> json.build();
            case SERVICE_TYPE_IN_ACCOUNT ->
                json.with("validated", assurance.validated()).build();
        };
    }
}
