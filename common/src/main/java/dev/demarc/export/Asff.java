package dev.demarc.export;

import dev.demarc.export.ExportContext.SecurityHub;
import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.query.Finding;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AWS Security Finding Format 2018-10-08, one BatchImportFindings request per line. The findings belong to the default product of one
 * account, because only that account may import them; the account that a finding is about is in the resource and in the product fields.
 * Texts are cut to the format's limits, which keeps a finding far below 240 KB.
 */
record Asff(ExportContext context, SecurityHub hub) implements Export.Form {
    private static final int BATCH = 100;
    private static final int ID = 512;
    private static final int TITLE = 256;
    private static final int DESCRIPTION = 1024;
    private static final int RECOMMENDATION = 512;
    private static final int FIELD = 1024;

    /** Security Hub's names of the types in the catalogue; everything else is {@code Other}. */
    private static final Map<String, String> TYPES = Map.of(
            "AWS::S3::Bucket", "AwsS3Bucket",
            "AWS::RDS::DBInstance", "AwsRdsDbInstance",
            "AWS::Lambda::Function", "AwsLambdaFunction",
            "AWS::ECS::Service", "AwsEcsService");

    @Override
    public void write(Iterator<Finding> findings, Appendable out) throws IOException {
        List<Json> batch = new ArrayList<>(BATCH);
        while (findings.hasNext()) {
            batch.add(entry(findings.next()));
            if (batch.size() == BATCH || !findings.hasNext()) {
                Json request = Json.object().with("Findings", Json.array(batch)).build();
                out.append(request.write()).append('\n');
                batch.clear();
            }
        }
    }

    private Json entry(Finding finding) {
        Described described = new Described(finding);
        Instant created = finding.since().or(finding::changedAt).orElse(context.now());
        return Json.object()
                .with("SchemaVersion", "2018-10-08")
                .with("Id", id(finding))
                .with("ProductArn", hub.productArn())
                .with("GeneratorId", "demarc/" + finding.control().value())
                .with("AwsAccountId", hub.account())
                .with(
                        "Types",
                        Json.array(List.of(
                                Json.of("Software and Configuration Checks/Industry and Regulatory Standards"))))
                .with("FirstObservedAt", time(created))
                .with("CreatedAt", time(created))
                // An import that is not newer than the last one is dropped, and a waiver changes a finding without
                // changing the resource.
                .with("UpdatedAt", time(context.now()))
                .with(
                        "Severity",
                        Json.object()
                                .with("Label", finding.priority().band().name())
                                .with(
                                        "Original",
                                        Integer.toString(finding.priority().score()))
                                .build())
                .with("Criticality", 25L * finding.priority().criticality().weight())
                .with("Title", text(finding.title(), TITLE))
                .with("Description", text(finding.reason(), DESCRIPTION))
                .with("Remediation", remediation(finding, described))
                .with("ProductFields", fields(finding))
                .with("Resources", Json.array(List.of(resource(finding, described))))
                .with("Compliance", compliance(finding, described))
                .with(
                        "Workflow",
                        Json.object()
                                .with("Status", finding.waived().isPresent() ? "SUPPRESSED" : "NEW")
                                .build())
                .with("RecordState", "ACTIVE")
                .build();
    }

    private String id(Finding finding) {
        String id = "demarc/" + context.tenant() + "/" + Wording.line(finding.id());
        return id.length() <= ID ? id : "demarc/" + context.tenant() + "/" + NameUuid.of("finding", finding.id());
    }

    private static Json compliance(Finding finding, Described described) {
        return Json.object()
                .with(
                        "Status",
                        described.isUnjudged()
                                ? "NOT_AVAILABLE"
                                : described.lacksOnlyValidation() ? "WARNING" : "FAILED")
                .with(
                        "RelatedRequirements",
                        Json.array(List.of(Json.of("Demarc " + finding.control().value()))))
                .build();
    }

    private static Json remediation(Finding finding, Described described) {
        return Json.object()
                .with(
                        "Recommendation",
                        Json.object()
                                .with("Text", text(finding.remediation(), RECOMMENDATION))
                                .with("Url", described.sourceAddress().filter(url -> url.length() <= RECOMMENDATION))
                                .build())
                .build();
    }

    private static Json resource(Finding finding, Described described) {
        Json.Builder resource = Json.object()
                .with(
                        "Type",
                        described.resource().isPresent()
                                ? TYPES.getOrDefault(finding.serviceType().name(), "Other")
                                : "Other")
                .with("Id", Wording.cut(Wording.line(described.subject()), ID))
                .with("Region", described.region().map(region -> text(region, 64)));
        if (finding.provider() == Provider.AWS) {
            resource.with("Partition", partition(described));
        }
        return resource.build();
    }

    private static String partition(Described described) {
        return described
                .region()
                .map(region ->
                        region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws")
                .orElse("aws");
    }

    private static Json fields(Finding finding) {
        Json.Builder fields = Json.object();
        put(fields, "Category", Optional.of(finding.category().name()));
        put(fields, "Question", Optional.of(finding.question().name()));
        put(fields, "Subject", Optional.of(finding.subject().name()));
        put(fields, "Provider", Optional.of(finding.provider().word()));
        put(fields, "Account", finding.account());
        put(fields, "ServiceType", Optional.of(finding.serviceType().name()));
        put(fields, "ServiceClass", Optional.of(finding.serviceClass()));
        put(fields, "Tier", Optional.of(finding.tier()));
        put(fields, "Pattern", Optional.of(finding.pattern()));
        put(fields, "Responsibility", Optional.of(finding.responsibility()));
        put(fields, "Verdict", finding.verdict());
        finding.json()
                .at("assurance")
                .members()
                .forEach((question, answer) -> put(fields, "Assurance/" + question, Optional.of(answer.write())));
        put(
                fields,
                "DataSensitivity",
                Optional.of(finding.priority().sensitivity().name()));
        put(fields, "Owner", finding.owner());
        put(fields, "Workload", finding.workload());
        put(fields, "Waiver", finding.waived().map(Finding.Waived::waiver));
        put(fields, "WaivedUntil", finding.waived().map(one -> time(one.until())));
        return fields.build();
    }

    private static void put(Json.Builder fields, String name, Optional<String> value) {
        fields.with("demarc/" + name, value.filter(text -> !text.isBlank()).map(text -> text(text, FIELD)));
    }

    private static String text(String text, int length) {
        return Wording.cut(Wording.line(text), length);
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
