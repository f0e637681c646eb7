package dev.demarc.export;

import dev.demarc.json.Json;
import dev.demarc.model.Labels;
import dev.demarc.query.Finding;
import dev.demarc.query.Priority;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * OCSF 1.8.0 Compliance Finding (class 2003) with the cloud profile, one event per line. Times are milliseconds. What OCSF has no place for
 * (who owns the control, the three questions, how the priority came about) is in {@code unmapped}.
 */
record Ocsf(ExportContext context) implements Export.Form {
    private static final int CLASS = 2003;
    private static final int CREATE = 1;
    private static final int UPDATE = 2;

    private record Coded(int id, String caption) {}

    @Override
    public void write(Iterator<Finding> findings, Appendable out) throws IOException {
        while (findings.hasNext()) {
            out.append(event(findings.next()).write()).append('\n');
        }
    }

    private Json event(Finding finding) {
        Described described = new Described(finding);
        Instant changed = finding.changedAt().or(finding::since).orElse(context.now());
        boolean isNew = finding.since().orElse(changed).equals(changed);
        Coded activity = isNew ? new Coded(CREATE, "Create") : new Coded(UPDATE, "Update");
        Coded severity = severity(finding.priority().band());
        Coded status = status(finding, described);
        return Json.object()
                .with("class_uid", CLASS)
                .with("class_name", "Compliance Finding")
                .with("category_uid", 2)
                .with("category_name", "Findings")
                .with("activity_id", activity.id())
                .with("activity_name", activity.caption())
                .with("type_uid", CLASS * 100L + activity.id())
                .with("type_name", "Compliance Finding: " + activity.caption())
                .with("time", changed.toEpochMilli())
                .with("severity_id", severity.id())
                .with("severity", severity.caption())
                .with("status_id", status.id())
                .with("status", status.caption())
                .with("message", finding.title() + ": " + finding.reason())
                .with("metadata", metadata())
                .with("finding_info", info(finding, changed))
                .with("compliance", compliance(finding, described))
                .with("cloud", cloud(finding, described))
                .with("resources", Json.array(List.of(resource(finding, described))))
                .with("remediation", remediation(finding, described))
                .with("unmapped", unmapped(finding))
                .build();
    }

    private Json metadata() {
        return Json.object()
                .with("version", "1.8.0")
                .with("profiles", Json.array(List.of(Json.of("cloud"))))
                .with("tenant_uid", context.tenant())
                .with("processed_time", context.now().toEpochMilli())
                .with(
                        "product",
                        Json.object()
                                .with("name", "Demarc")
                                .with("vendor_name", "Demarc")
                                .with("version", context.version())
                                .build())
                .build();
    }

    private static Json info(Finding finding, Instant changed) {
        return Json.object()
                .with("uid", finding.id())
                .with("title", finding.title())
                .with("desc", finding.reason())
                .with("types", Json.array(List.of(Json.of(finding.question().name()))))
                .withPresent("created_time", finding.since().map(Ocsf::millis))
                .withPresent("first_seen_time", finding.since().map(Ocsf::millis))
                .with("modified_time", changed.toEpochMilli())
                .build();
    }

    private static Json compliance(Finding finding, Described described) {
        Coded status = described.isUnjudged()
                ? new Coded(0, "Unknown")
                : described.lacksOnlyValidation() ? new Coded(2, "Warning") : new Coded(3, "Fail");
        return Json.object()
                .with("control", finding.control().value())
                .with("desc", finding.title())
                .with("category", finding.pattern())
                .with("standards", Json.array(List.of(Json.of("Demarc shared responsibility catalogue"))))
                .with(
                        "requirements",
                        Json.array(List.of(Json.of(finding.control().value()))))
                .with("status_id", status.id())
                .with("status", status.caption())
                .with("status_detail", finding.reason())
                .build();
    }

    private static Json cloud(Finding finding, Described described) {
        Coded kind = switch (finding.provider()) {
            case AWS -> new Coded(10, "AWS Account");
            case AZURE -> new Coded(13, "Azure Subscription");
            case GCP -> new Coded(11, "GCP Project");
        };
        return Json.object()
                .with(
                        "provider",
                        switch (finding.provider()) {
                            case AWS -> "AWS";
                            case AZURE -> "Azure";
                            case GCP -> "GCP";
                        })
                .withPresent(
                        "account",
                        finding.account()
                                .map(account -> Json.object()
                                        .with("uid", account)
                                        .with("type_id", kind.id())
                                        .with("type", kind.caption())
                                        .build()))
                .with("region", described.region())
                .build();
    }

    private static Json resource(Finding finding, Described described) {
        return Json.object()
                .with("uid", described.subject())
                .with("type", finding.serviceType().name())
                .with("name", described.resource().map(one -> one.nativeId()))
                .with("region", described.region())
                .with("provider", finding.provider().word())
                .with("criticality", caption(finding.priority().criticality()))
                .withPresent(
                        "owner",
                        finding.owner()
                                .map(owner -> Json.object().with("name", owner).build()))
                .build();
    }

    private static Json remediation(Finding finding, Described described) {
        return Json.object()
                .with("desc", finding.remediation())
                .withPresent(
                        "references", described.sourceAddress().map(address -> Json.array(List.of(Json.of(address)))))
                .build();
    }

    private static Json unmapped(Finding finding) {
        Json whole = finding.json();
        Json.Builder rest = Json.object();
        for (String name : List.of(
                "category",
                "question",
                "subject",
                "assurance",
                "responsibility",
                "source",
                "class",
                "tier",
                "priority",
                "verdict",
                "workload",
                "lapsedAt",
                "waiver")) {
            rest.withPresent(name, Optional.of(whole.at(name)).filter(value -> !value.isNull()));
        }
        return rest.build();
    }

    private static Coded severity(Priority.Band band) {
        return switch (band) {
            case CRITICAL -> new Coded(5, "Critical");
            case HIGH -> new Coded(4, "High");
            case MEDIUM -> new Coded(3, "Medium");
            case LOW -> new Coded(2, "Low");
        };
    }

    private static Coded status(Finding finding, Described described) {
        if (finding.waived().isPresent()) {
            return new Coded(3, "Suppressed");
        }
        return described.isFixed() ? new Coded(2, "In Progress") : new Coded(1, "New");
    }

    private static String caption(Labels.Level level) {
        return level.name().charAt(0) + level.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static Json millis(Instant time) {
        return Json.of(time.toEpochMilli());
    }
}
