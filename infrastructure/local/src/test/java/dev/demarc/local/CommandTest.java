package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandTest {
    private static final String BUCKET = """
            {"configurationItemVersion":"1.3","configurationItemCaptureTime":"2026-11-20T10:00:00.000Z",\
            "configurationItemStatus":"OK","configurationStateId":1,"awsAccountId":"111122223333","awsRegion":"eu-west-1",\
            "resourceType":"AWS::S3::Bucket","resourceId":"ledger","ARN":"arn:aws:s3:::ledger","tags":{},\
            "configuration":{"name":"ledger"},"supplementaryConfiguration":{"BucketVersioningConfiguration":{"status":"Enabled"}}}""";

    @TempDir
    Path folder;

    private record Run(int exit, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err, true));
        int exit = command.execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void demoTakesEveryEventAndItsFiguresAreTheOnesOfTheApi() {
        Run demo = run("demo", "--data", data());

        assertThat(demo.exit).isEqualTo(ExitCode.FINE);
        assertThat(demo.out).contains("\"rejected\":0").contains("The ten most urgent");
        Json audit = JsonReader.parse(run("audit", "--data", data(), "-o", "json", "--at", "2026-11-24T06:00:00Z").out);
        long pairs = audit.at("categories").members().values().stream()
                .mapToLong(count -> Json.object().with("n", count).build().longAt("n", 0))
                .sum();
        assertThat(pairs).isGreaterThan(1000);
    }

    @Test
    void ingestRejectsOneByOneAndGoesOn() throws IOException {
        Path lines = file("lines.jsonl", BUCKET + "\n{\"resourceType\": \n" + BUCKET.replace("ledger", "other") + "\n");

        Run ingest = run("ingest", "--data", data(), lines.toString());

        assertThat(ingest.exit).isEqualTo(ExitCode.THRESHOLD);
        assertThat(ingest.err).contains("lines.jsonl:2: rejected").doesNotContain("Exception");
        assertThat(JsonReader.parse(ingest.out).longAt("recorded", -1)).isEqualTo(2);
        assertThat(JsonReader.parse(ingest.out).longAt("rejected", -1)).isEqualTo(1);
    }

    @Test
    void ingestTakesAnEventThatIsYoungerThanTheFile() throws IOException {
        Path bucket = file("bucket.json", BUCKET);
        Files.setLastModifiedTime(bucket, FileTime.from(Instant.parse("2026-11-01T00:00:00Z")));

        Run ingest = run("ingest", "--data", data(), bucket.toString());

        assertThat(JsonReader.parse(ingest.out).longAt("recorded", -1)).isEqualTo(1);
    }

    @Test
    void ingestTwiceRecordsNothingNew() throws IOException {
        Path bucket = file("bucket.json", BUCKET);
        run("ingest", "--data", data(), bucket.toString());

        Run again = run("ingest", "--data", data(), bucket.toString());

        assertThat(JsonReader.parse(again.out).longAt("recorded", -1)).isZero();
        assertThat(JsonReader.parse(again.out).longAt("unchanged", -1)).isEqualTo(1);
    }

    @Test
    void anOversizedEventIsAFindingForEveryControlThatConfigurationDecides() throws IOException {
        Path oversized = file("oversized.json", """
                {"detail-type":"Config Configuration Item Change","source":"aws.config","account":"111122223333",
                 "detail":{"messageType":"OversizedConfigurationItemChangeNotification","configurationItemSummary":{
                  "changeType":"UPDATE","configurationItemVersion":"1.3","configurationItemCaptureTime":"2026-11-21T10:00:00.000Z",
                  "configurationStateId":2,"awsAccountId":"111122223333","configurationItemStatus":"OK","resourceType":"AWS::S3::Bucket",
                  "resourceId":"ledger","ARN":"arn:aws:s3:::ledger","awsRegion":"eu-west-1"}}}
                """);
        run("ingest", "--data", data(), oversized.toString());

        Run findings = run("findings", "--data", data(), "-o", "ndjson", "--control", "DAT-06");

        assertThat(findings.out).contains("\"verdict\":\"UNKNOWN\"").contains("too large");
    }

    @Test
    void aServiceTypeThatNobodyReviewedIsAFinding() throws IOException {
        run("ingest", "--data", data(), file("bucket.json", BUCKET).toString());

        Run findings = run("findings", "--data", data(), "-o", "ndjson", "--question", "documented");

        assertThat(findings.out).contains("\"control\":\"MCC-01\"").contains("no entry for AWS::S3::Bucket");
    }

    @Test
    void anUnlabelledResourceIsAFindingAndCountsAsHigh() throws IOException {
        run("ingest", "--data", data(), file("bucket.json", BUCKET).toString());

        Run findings = run("findings", "--data", data(), "-o", "ndjson", "--control", "MCC-04");

        assertThat(findings.out).contains("no tag states data sensitivity").contains("\"dataSensitivity\":\"HIGH\"");
    }

    @Test
    void anExpiredRegisterEntryIsAFinding() throws IOException {
        run("ingest", "--data", data(), file("bucket.json", BUCKET).toString());
        Path register = file("register.yaml", """
                entries:
                  - service-type: AWS::S3::Bucket
                    owner: data-office
                    reviewed-by: A. Reviewer
                    reviewed-on: "2025-01-01"
                    expires-on: "2026-01-01"
                    approved: true
                """);

        Run findings = run(
                "findings",
                "--data",
                data(),
                "--register",
                register.toString(),
                "-o",
                "ndjson",
                "--question",
                "documented");

        assertThat(findings.out).contains("expired on 2026-01-01");
    }

    @Test
    void aRegisterWithMistakesIsRefusedWithEveryLine() throws IOException {
        Path register = file("register.yaml", """
                entries:
                  - service-type: AWS::S3::Bucket
                    owner: data-office
                    reviewed-by: A. Reviewer
                    reviewed-on: "yesterday"
                    expires-on: "2026-01-01"
                    approved: maybe
                """);

        Run audit = run("audit", "--data", data(), "--register", register.toString());

        assertThat(audit.exit).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(audit.err)
                .contains("register.yaml:5")
                .contains("register.yaml:7")
                .contains("2 mistakes");
    }

    @Test
    void evaluateWritesNothingToTheStoreAndTellsWhatIsNotInTheCatalogue() throws IOException {
        Path table = file("table.json", BUCKET.replace("AWS::S3::Bucket", "AWS::DynamoDB::Table"));

        Run evaluate = run("evaluate", table.toString());

        assertThat(evaluate.exit).isEqualTo(ExitCode.FINE);
    }

    @Test
    void usageErrorsExitWithTwo() {
        assertThat(run("findings", "--min-priority", "many").exit).isEqualTo(ExitCode.USAGE);
        assertThat(run("nonsense").exit).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void findingsFailTheBuildAtTheThresholdAskedFor() throws IOException {
        run("ingest", "--data", data(), file("bucket.json", BUCKET).toString());

        assertThat(run("findings", "--data", data(), "--fail-on", "1").exit).isEqualTo(ExitCode.THRESHOLD);
        assertThat(run("findings", "--data", data(), "--fail-on", "100").exit).isEqualTo(ExitCode.FINE);
    }

    @Test
    void catalogueListsServiceTypesAndTheRowsOfOne() {
        assertThat(run("catalogue", "-o", "ndjson").out.lines())
                .hasSameSizeAs(Catalogue.bundled().serviceTypes());
        assertThat(run("catalogue", "aws::s3::bucket", "-o", "csv").out).contains("DAT-03");
        assertThat(run("catalogue", "AWS::Nothing").err).contains("the catalogue has no service type");
    }

    @Test
    void catalogueExplainsOneControlOfAServiceTypeWithWhatIsReadInEachForm() {
        String told = run("catalogue", "AWS::KMS::Key", "--explain", "dat-09").out;

        assertThat(told).contains("owner", "customer", "config-item:", "terraform:", "https://docs.aws.amazon.com/");
        assertThat(run("catalogue", "AWS::KMS::Key", "--explain", "IDN-11").out).contains("no meaning here");
        assertThat(run("catalogue", "AWS::KMS::Key", "--explain", "DAT-99").err).contains("no control DAT-99");
        assertThat(run("catalogue", "--explain", "DAT-09").err).contains("needs a service type");
    }

    @Test
    void catalogueCountsItselfAndTellsTheBaselineByTier() {
        assertThat(run("catalogue", "--stats", "-o", "ndjson").out.lines())
                .contains(
                        "{\"what\":\"undecided pairs\",\"count\":\"0\"}",
                        "{\"what\":\"rows without source\",\"count\":\"0\"}");
        assertThat(run("catalogue", "--baseline").out).contains("operating system", "SAAS");
    }

    @Test
    void catalogueDiffNamesEachChangeAndForWhom() throws IOException {
        Path compiled = Path.of("../../common/target/classes/catalogue-compiled");
        Path other = Files.createDirectories(folder.resolve("older"));
        try (var files = Files.list(compiled)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                Files.writeString(
                        other.resolve(file.getFileName().toString()),
                        file.getFileName().toString().equals("object-storage-aws-s3-bucket.json")
                                ? text.replaceFirst("\"provider-default\":\"fails\"", "\"provider-default\":\"meets\"")
                                : text);
            }
        }
        Path register = file("register.yaml", """
                entries:
                  - service-type: AWS::S3::Bucket
                    owner: storage team
                    reviewed-by: A. Reviewer
                    reviewed-on: 2026-01-01
                    expires-on: 2027-01-01
                    approved: true
                """);

        assertThat(run("catalogue", "diff", "bundled", "-o", "ndjson").out).isEmpty();
        assertThat(run("catalogue", "diff", other.toString(), "-o", "ndjson", "--register", register.toString())
                        .out
                        .lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "AWS::S3::Bucket",
                                "default changed",
                                "default meets",
                                "default fails",
                                "storage team"));
        assertThat(run("catalogue", "diff", folder.resolve("nowhere").toString()).err)
                .contains("there is no catalogue at");
        assertThat(run("catalogue", "diff", folder.toString()).err).contains("holds no compiled catalogue");
    }

    @Test
    void parityPutsAClassSideBySide() throws IOException {
        run("ingest", "--data", data(), file("bucket.json", BUCKET).toString());

        assertThat(run("parity", "object-storage", "--data", data()).out)
                .contains(
                        "AWS::S3::Bucket",
                        "Microsoft.Storage/storageAccounts",
                        "storage.googleapis.com/Bucket",
                        "OWNER");
        assertThat(run("parity", "object-storage", "--data", data(), "-o", "json").out)
                .contains("\"gaps\":[{");
        assertThat(run("parity", "nothing", "--data", data()).err).contains("the catalogue has no class 'nothing'");
    }

    @Test
    void transitionsTellsTheDutiesOfAMove() {
        String told = run("transitions", "--from", "AWS::ECS::Service#fargate", "--to", "AWS::Lambda::Function").out;

        assertThat(told).contains("owner moves", "default changes");
        assertThat(run("transitions", "--from", "AWS::Lambda::Function").err).contains("go together");
        assertThat(run("transitions", "--data", data()).out).startsWith("account");
    }

    @Test
    void everyFormatOfTheAuditHasTheSameRows() throws IOException {
        run("ingest", "--data", data(), file("bucket.json", BUCKET).toString());
        List<Integer> sizes = List.of(
                (int) run("audit", "--data", data()).out.lines().count() - 1,
                (int) run("audit", "--data", data(), "-o", "csv").out.lines().count() - 1,
                (int) run("audit", "--data", data(), "-o", "ndjson").out.lines().count());

        assertThat(sizes).allMatch(size -> size.equals(sizes.getFirst()));
    }
}
