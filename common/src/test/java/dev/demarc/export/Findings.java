package dev.demarc.export;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.query.Assurance;
import dev.demarc.query.Category;
import dev.demarc.query.Finding;
import dev.demarc.query.Priority;
import dev.demarc.query.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Findings of every kind, and such with texts that break careless writers. */
final class Findings {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final Instant SINCE = Instant.parse("2026-11-01T08:30:00.123456Z");
    static final Instant CHANGED = Instant.parse("2026-11-20T10:00:00Z");
    static final ExportContext CONTEXT = new ExportContext(
            NOW, "main", "0.1.0", Optional.of(new ExportContext.SecurityHub("999988887777", "eu-west-1")));
    static final Optional<Finding.Waived> WAIVED =
            Optional.of(new Finding.Waived("waiver-7", "ciso", Instant.parse("2026-12-24T00:00:00Z")));

    static final List<String> HOSTILE = List.of(
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1+1",
            "\r=1+1",
            "\n=1+1",
            "   =1+1",
            "\u00a0=1+1",
            "\ufeff=1+1",
            "\u200b=1+1",
            "＝1+1",
            "harmless;=1+1",
            "harmless\t@SUM(A1)",
            "harmless\n=HYPERLINK(\"http://x\")",
            "harmless\r\n\"=1+1",
            "\"=1+1",
            "\";=1+1",
            "'=1",
            "a\"b,\"\"c",
            "line one\nline two\r\nline three",
            "\u2028between\u2029",
            "bell \u0007 and nought \u0000 and \u0085 and escape \u001b[31m",
            "Grüße, 世界 😀 \u202eesrever",
            "half \ud83d",
            "\ude00 half",
            "</script><script>alert(1)</script>",
            "\\u0000\\",
            "",
            "   ",
            "\n",
            "x".repeat(100_000),
            "😀".repeat(50_000),
            "= ".repeat(50_000));

    private Findings() {}

    static Finding resource(int number) {
        return finding(
                Finding.Subject.RESOURCE,
                Question.IMPLEMENTED,
                Category.REMEDIATE,
                Optional.of("NON_COMPLIANT"),
                "bucket-" + number,
                "versioning is off",
                Optional.empty());
    }

    static Finding waived() {
        return finding(
                Finding.Subject.RESOURCE,
                Question.IMPLEMENTED,
                Category.REMEDIATE,
                Optional.of("NON_COMPLIANT"),
                "bucket-waived",
                "versioning is off",
                WAIVED);
    }

    static Finding unjudged() {
        return finding(
                Finding.Subject.RESOURCE,
                Question.IMPLEMENTED,
                Category.REMEDIATE,
                Optional.of("UNKNOWN"),
                "bucket-unknown",
                "versioning is missing from the resource",
                Optional.empty());
    }

    static Finding fixed() {
        return finding(
                Finding.Subject.RESOURCE,
                Question.VALIDATED,
                Category.ADD_VALIDATION,
                Optional.of("COMPLIANT"),
                "bucket-fixed",
                "fixed, and not yet validated since",
                Optional.empty());
    }

    static Finding undocumented() {
        return finding(
                Finding.Subject.SERVICE_TYPE,
                Question.DOCUMENTED,
                Category.REMEDIATE,
                Optional.empty(),
                "*",
                "the register has no entry",
                Optional.empty());
    }

    static Finding unvalidated() {
        return finding(
                Finding.Subject.SERVICE_TYPE_IN_ACCOUNT,
                Question.VALIDATED,
                Category.ADD_VALIDATION,
                Optional.empty(),
                "*",
                "no sweep has run",
                Optional.empty());
    }

    static List<Finding> ofEveryKind() {
        return List.of(resource(1), waived(), unjudged(), fixed(), undocumented(), unvalidated(), azure(), global());
    }

    static Finding azure() {
        return with(
                Provider.AZURE,
                "0a1b2c3d-0000-4000-8000-000000000000",
                "azure|0a1b2c3d-0000-4000-8000-000000000000|westeurope|Microsoft.Storage/storageAccounts|/subscriptions/x",
                "Microsoft.Storage/storageAccounts");
    }

    static Finding global() {
        return with(
                Provider.GCP,
                "project-1",
                "gcp|project-1|global|storage.googleapis.com/Bucket|//storage/b",
                "storage.googleapis.com/Bucket");
    }

    private static Finding with(Provider provider, String account, String key, String type) {
        Finding one = resource(1);
        return new Finding(
                key + "|DAT-01",
                one.subject(),
                one.question(),
                one.category(),
                provider,
                Optional.of(account),
                new ServiceType(type),
                one.serviceClass(),
                one.tier(),
                Optional.of(key),
                one.control(),
                one.title(),
                one.pattern(),
                one.frameworks(),
                one.responsibility(),
                one.source(),
                one.verdict(),
                one.reason(),
                one.remediation(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CHANGED),
                one.assurance(),
                new Priority(1, Level.LOW, Level.LOW, 1),
                Optional.empty(),
                Optional.empty(),
                one.waived());
    }

    private static Finding finding(
            Finding.Subject subject,
            Question question,
            Category category,
            Optional<String> verdict,
            String name,
            String reason,
            Optional<Finding.Waived> waived) {
        boolean isResource = subject == Finding.Subject.RESOURCE;
        String key = "aws|111122223333|eu-west-1|AWS::S3::Bucket|" + name;
        return new Finding(
                key + "|DAT-06|" + question,
                subject,
                question,
                category,
                Provider.AWS,
                subject == Finding.Subject.SERVICE_TYPE ? Optional.empty() : Optional.of("111122223333"),
                new ServiceType("AWS::S3::Bucket"),
                "object-storage",
                "PAAS",
                isResource ? Optional.of(key) : Optional.empty(),
                new ControlId("DAT-06"),
                "Data can be restored",
                "data",
                List.of("nist-800-53-r5:CP-9"),
                "CUSTOMER",
                "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
                verdict,
                reason,
                "Turn versioning on.",
                Optional.of(SINCE),
                Optional.of(CHANGED),
                question == Question.VALIDATED ? Optional.of(CHANGED) : Optional.empty(),
                new Assurance(
                        question != Question.DOCUMENTED,
                        verdict.filter("COMPLIANT"::equals).isPresent(),
                        false),
                new Priority(8, Level.HIGH, Level.MEDIUM, 2),
                Optional.of("blue"),
                Optional.of("shop"),
                waived);
    }

    /** One finding for each hostile text, which stands in every field that has a text from outside. */
    static Stream<Finding> hostile() {
        return IntStream.range(0, HOSTILE.size()).mapToObj(i -> hostile(HOSTILE.get(i), i));
    }

    private static Finding hostile(String text, int number) {
        Finding one = resource(number);
        String key = "aws|111122223333|eu-west-1|AWS::S3::Bucket|" + number + text;
        return new Finding(
                key + "|DAT-06",
                one.subject(),
                one.question(),
                one.category(),
                one.provider(),
                one.account(),
                one.serviceType(),
                text,
                text,
                Optional.of(key),
                one.control(),
                text,
                text,
                List.of(text),
                text,
                text,
                one.verdict(),
                text,
                text,
                one.since(),
                one.changedAt(),
                one.lapsedAt(),
                one.assurance(),
                one.priority(),
                Optional.of(text),
                Optional.of(text),
                Optional.of(new Finding.Waived(text, text, CHANGED)));
    }

    static String write(ExportFormat format, Stream<Finding> findings) {
        StringBuilder out = new StringBuilder();
        try {
            Export.write(format, findings, CONTEXT, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
