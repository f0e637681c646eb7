package dev.demarc.catalogue.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.compile.SchemaPaths.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every path that the catalogue reads exists in the provider's own schema, so that a misspelt path is found at build time and not as a
 * setting that stays UNKNOWN. What a schema cannot tell stands in {@code unverified-paths.txt}, each with its reason.
 */
class SchemaPathsTest {
    private static final Path UNVERIFIED = SchemaPaths.FOLDER.resolve("unverified-paths.txt");
    private static final String DASH = " — ";

    private static SchemaPaths schemas;
    private static List<DeclaredPath> declared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void readExtracts() throws IOException {
        schemas = SchemaPaths.read();
        declared = DeclaredPath.of(CatalogueFiles.FOLDER);
    }

    @Test
    void everyPathExistsInTheSchemaOfItsType() {
        assertThat(mistakes(declared)).isEmpty();
    }

    @Test
    void comparesPathsOfEveryForm() {
        Map<String, Integer> existing = new TreeMap<>();
        declared.stream()
                .filter(path -> schemas.check(path) instanceof Answer.Exists)
                .forEach(path -> existing.merge(path.form(), 1, Integer::sum));

        assertThat(existing).containsKeys("arm", "asset", "config-item");
        assertThat(existing.values()).allMatch(count -> count > 20);
    }

    @Test
    void listsEachPathThatNoSchemaTellsOfWithAReason() throws IOException {
        Map<String, String> listed = listed();

        assertThat(unlisted(listed))
                .as("paths to correct, or to list in unverified-paths.txt with a reason")
                .isEmpty();
        assertThat(outdated(listed))
                .as("lines of unverified-paths.txt whose path is no longer read, or is in the schema now")
                .isEmpty();
        assertThat(listed.values()).noneMatch(String::isBlank);
    }

    @Test
    void reportsAnUnlistedPathAndALineThatIsOutdated() throws IOException {
        Map<String, String> listed = listed();
        String taken = listed.keySet().iterator().next();
        listed.remove(taken);
        listed.put("arm Microsoft.Storage/storageAccounts properties.minimumTlsVersion", "It is in the schema.");

        assertThat(unlisted(listed)).isNotEmpty().allMatch(line -> line.contains(taken));
        assertThat(outdated(listed))
                .containsExactly("arm Microsoft.Storage/storageAccounts properties.minimumTlsVersion");
    }

    /** A sound entry of each form, and the same with one letter changed. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # form,         type,                              reads, sound,                                           misspelt
            cloudformation, AWS::S3::Bucket,                   text,  VersioningConfiguration.Status,                  VersioningConfiguration.Statos
            cloudformation, AWS::S3::Bucket,                   text,  VersioningConfiguration.Status,                  versioningConfiguration.Status
            terraform,      aws_s3_bucket_versioning,          text,  versioning_configuration.status,                 versioning_configuration.statos
            arm,            Microsoft.Storage/storageAccounts, text,  properties.minimumTlsVersion,                    properties.minimumTLsVersion
            asset,          storage.googleapis.com/Bucket,     bool,  resource.data.versioning.enabled,                resource.data.versionings.enabled
            config-item,    AWS::RDS::DBInstance,              bool,  configuration.publiclyAccessible,                configuration.publiclyAccessable
            """)
    void reportsAPathWithOneLetterChanged(String form, String type, String reads, String sound, String misspelt)
            throws IOException {
        assertThat(problems(form, type, reads, sound)).isEmpty();
        assertThat(problems(form, type, reads, misspelt))
                .singleElement()
                .asString()
                .contains("entry.yaml:8", misspelt, "nearest: '");
    }

    @Test
    void knowsTheMembersOfAPolicyDocument() throws IOException {
        assertThat(problems("cloudformation", "AWS::KMS::Key", "texts", "KeyPolicy.Statement[*].Effect"))
                .isEmpty();
        assertThat(problems("cloudformation", "AWS::KMS::Key", "texts", "KeyPolicy.Statement[*].Efect"))
                .singleElement()
                .asString()
                .contains("names below 'KeyPolicy' are not in the schema");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # form,         type,                              reads, path,                                             says
            cloudformation, AWS::RDS::DBInstance,              bool,  Tags,                                             in an array
            terraform,      azurerm_storage_account,           text,  https_traffic_only_enabled,                       read as text
            terraform,      azurerm_storage_account,           bool,  min_tls_version,                                  read as bool
            asset,          storage.googleapis.com/Bucket,     text,  resource.data.cors.method,                        is an array
            arm,            Microsoft.Storage/storageAccounts, texts, properties.minimumTlsVersion[*],                  is no array
            arm,            Microsoft.Storage/storageAcounts,  text,  properties.minimumTlsVersion,                     does not have the type
            """)
    void reportsAPathOfTheWrongKind(String form, String type, String reads, String path, String says)
            throws IOException {
        assertThat(problems(form, type, reads, path)).singleElement().asString().contains(says);
    }

    @Test
    void followsTheFieldsOfAListAndTheMemberThatNamesACompanion() throws IOException {
        Path file = folder.resolve("entry.yaml");
        Files.writeString(file, """
                service-type: x
                form: arm
                matches: { type: Microsoft.Network/networkSecurityGroups }
                companions:
                  workspace: { type: Microsoft.OperationalInsights/workspaces, of: ids, ids: properties.nowhere }
                settings:
                  rules:
                    type: list
                    path: properties.securityRules
                    fields:
                      access: { type: text, path: properties.access }
                      port: { type: text, path: properties.destinationPort }
                """);

        assertThat(problems(folder))
                .satisfiesExactly(
                        ids -> assertThat(ids).contains("entry.yaml:5", "properties.nowhere"),
                        field -> assertThat(field)
                                .contains(
                                        "entry.yaml:12",
                                        "properties.securityRules[*].properties.destinationPort",
                                        "nearest: 'destinationPort"));
    }

    private List<String> problems(String form, String type, String reads, String path) throws IOException {
        Path file = folder.resolve("entry.yaml");
        Files.writeString(file, """
                service-type: x
                form: %s
                matches: { type: %s }
                types: [ "%s" ]
                settings:
                  one:
                    type: %s
                    path: %s
                """.formatted(form, type, type, reads, path));
        return problems(folder);
    }

    private static List<String> problems(Path folder) throws IOException {
        List<String> problems = new ArrayList<>();
        for (DeclaredPath one : DeclaredPath.of(folder)) {
            String at = one.place() + ": " + one.path() + ": ";
            switch (schemas.check(one)) {
                case Answer.Mistake(String because) -> problems.add(at + because);
                case Answer.Unverified(String because) -> problems.add(at + because);
                case Answer.Exists ignored -> {}
                case Answer.NoSchema ignored -> {}
            }
        }
        return problems;
    }

    private static List<String> mistakes(List<DeclaredPath> paths) {
        List<String> mistakes = new ArrayList<>();
        for (DeclaredPath path : paths) {
            if (schemas.check(path) instanceof Answer.Mistake(String because)) {
                mistakes.add(path.place() + ": " + path.type() + " " + path.path() + ": " + because);
            }
        }
        return mistakes;
    }

    private static List<String> unlisted(Map<String, String> listed) {
        List<String> unlisted = new ArrayList<>();
        unverified().forEach((key, why) -> {
            if (!listed.containsKey(key)) {
                unlisted.add(why);
            }
        });
        return unlisted;
    }

    private static List<String> outdated(Map<String, String> listed) {
        Set<String> unverified = unverified().keySet();
        return listed.keySet().stream().filter(key -> !unverified.contains(key)).toList();
    }

    /** Form, type and path, to the place and what the schema says. */
    private static Map<String, String> unverified() {
        Map<String, String> unverified = new TreeMap<>();
        for (DeclaredPath path : declared) {
            if (schemas.check(path) instanceof Answer.Unverified(String because)) {
                String key = path.form() + " " + path.type() + " " + path.path();
                unverified.put(key, path.place() + ": " + key + ": " + because);
            }
        }
        return unverified;
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(UNVERIFIED)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                int dash = line.indexOf(DASH);
                assertThat(dash).as("a reason after a dash: %s", line).isPositive();
                listed.put(line.substring(0, dash), line.substring(dash + DASH.length()));
            }
        }
        return listed;
    }
}
