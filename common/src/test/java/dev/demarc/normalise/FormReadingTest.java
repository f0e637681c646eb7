package dev.demarc.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.EntryReader;
import dev.demarc.catalogue.FormReader;
import dev.demarc.catalogue.Issues;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.SettingValue;
import dev.demarc.model.SettingValue.Known;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a further form's words, units and blocks become the settings of the service type. */
class FormReadingTest {
    private static final String TYPE = """
            {"service-type": "X", "class": "c", "provider": "azure", "tier": "PAAS", "name": "X", "matches": {"type": "X"}, "form": "arm",
             "settings": {
               "access": {"type": "text", "path": "properties.publicNetworkAccess"},
               "key-source": {"type": "text", "path": "properties.keySource"},
               "seconds": {"type": "int", "path": "properties.seconds"},
               "encrypted": {"type": "bool", "path": "properties.encrypted"},
               "actions": {"type": "texts", "path": "properties.actions", "may-be-one": true},
               "statement-actions": {"type": "texts", "path": "properties.policy.Statement[*].Action", "may-be-one": true},
               "strict-actions": {"type": "texts", "path": "properties.policy.Statement[*].Action"}
             },
             "responsibilities": [], "sources": {}}""";

    private static CatalogueEntry entry() {
        Issues issues = new Issues();
        CatalogueEntry entry = EntryReader.read(JsonReader.parse(TYPE), issues);
        assertThat(issues.all()).isEmpty();
        return entry;
    }

    private static SettingValue live(String name, String document) {
        return Objects.requireNonNull(Normaliser.settings(entry(), SourceDocument.of(JsonReader.parse(document)))
                .get(name));
    }

    private static SettingValue read(String form, String setting, String reads, String document) {
        Issues issues = new Issues();
        CatalogueEntry inForm = FormReader.read(
                entry(),
                JsonReader.parse("{\"service-type\": \"X\", \"form\": \"" + form
                        + "\", \"types\": [\"x\"], \"settings\": {\"" + setting + "\": " + reads + "}}"),
                issues);
        assertThat(issues.all()).isEmpty();
        return Objects.requireNonNull(Normaliser.settings(inForm, SourceDocument.of(JsonReader.parse(document)))
                .get(setting));
    }

    private static Known known(Json value) {
        return new Known(value, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"public_network_access_enabled": true}   | Enabled
            {"public_network_access_enabled": false}  | Disabled
            """)
    void translatesTheWordsOfTheForm(String document, String word) {
        assertThat(read("terraform", "access", WORDS, document)).isEqualTo(known(Json.of(word)));
    }

    private static final String WORDS =
            "{\"path\": \"public_network_access_enabled\", \"read-as\": \"bool\", \"words\": {\"true\": \"Enabled\", \"false\": \"Disabled\"}}";

    @Test
    void doesNotGuessAtAValueWithoutAWordOrOfAnotherType() {
        assertThat(read("terraform", "access", WORDS, "{\"public_network_access_enabled\": \"true\"}"))
                .isInstanceOf(SettingValue.Unknown.class);
        assertThat(read("terraform", "access", WORDS, "{}")).isInstanceOf(SettingValue.Unknown.class);
        assertThat(read(
                        "terraform",
                        "access",
                        "{\"path\": \"on\", \"read-as\": \"bool\", \"words\": {\"true\": \"Enabled\"}}",
                        "{\"on\": false}"))
                .isInstanceOf(SettingValue.Unknown.class);
    }

    @Test
    void takesAnyContentAsPresentAndEmptyContentAsAbsent() {
        String reads =
                "{\"path\": \"customer_managed_key\", \"read-as\": \"present\", \"words\": {\"true\": \"KeyVault\"},"
                        + " \"absent\": {\"as\": \"Platform\", \"because\": \"no block\"}}";

        assertThat(read("terraform", "key-source", reads, "{\"customer_managed_key\": [{\"key\": \"k\"}]}"))
                .isEqualTo(known(Json.of("KeyVault")));
        for (String nothing : List.of("{}", "{\"customer_managed_key\": []}", "{\"customer_managed_key\": \"\"}")) {
            assertThat(read("terraform", "key-source", reads, nothing)).isEqualTo(new Known(Json.of("Platform"), true));
        }
    }

    @Test
    void changesTheUnitAndRefusesANumberThatDoesNotFit() {
        String days = "{\"path\": \"days\", \"times\": 86400}";

        assertThat(read("terraform", "seconds", days, "{\"days\": 7}")).isEqualTo(known(Json.of(604_800)));
        assertThat(read("terraform", "seconds", days, "{\"days\": 9000000000000000000}"))
                .isInstanceOf(SettingValue.Unknown.class);
    }

    @Test
    void coercesTextInCloudFormationOnly() {
        String reads = "{\"path\": \"Encrypted\"}";

        assertThat(read("cloudformation", "encrypted", reads, "{\"Encrypted\": \"true\"}"))
                .isEqualTo(known(Json.of(true)));
        assertThat(read("cloudformation", "encrypted", reads, "{\"Encrypted\": {\"Ref\": \"P\"}}"))
                .isInstanceOf(SettingValue.Unknown.class);
        assertThat(read("terraform", "encrypted", reads, "{\"Encrypted\": \"true\"}"))
                .isInstanceOf(SettingValue.Unknown.class);
    }

    @Test
    void entersABlockThatStandsOnceAndNoOther() {
        String reads = "{\"path\": \"rule.encrypted\"}";

        assertThat(read("terraform", "encrypted", reads, "{\"rule\": [{\"encrypted\": true}]}"))
                .isEqualTo(known(Json.of(true)));
        assertThat(read("terraform", "encrypted", reads, "{\"rule\": [{\"encrypted\": true}, {\"encrypted\": false}]}"))
                .isInstanceOf(SettingValue.Unknown.class);
        assertThat(read("cloudformation", "encrypted", reads, "{\"rule\": [{\"encrypted\": true}]}"))
                .isInstanceOf(SettingValue.Unknown.class);
    }

    @Test
    void takesOneTextForAListOnlyWhereTheSettingSaysSo() {
        Json one = Json.array(List.of(Json.of("s3:*")));

        assertThat(live("actions", "{\"properties\": {\"actions\": \"s3:*\"}}")).isEqualTo(known(one));
        assertThat(live(
                        "statement-actions",
                        "{\"properties\": {\"policy\": {\"Statement\": [{\"Action\": \"s3:*\"}]}}}"))
                .isEqualTo(known(one));
        assertThat(live(
                        "statement-actions",
                        "{\"properties\": {\"policy\": {\"Statement\": [{\"Action\": [\"s3:*\"]}]}}}"))
                .isEqualTo(known(one));
        assertThat(live(
                        "strict-actions",
                        "{\"properties\": {\"policy\": {\"Statement\": [{\"Action\": [\"s3:*\"]}]}}}"))
                .isInstanceOf(SettingValue.Unknown.class);
    }

    @Test
    void entersAPolicyThatIsEncodedForAUrl() {
        String policy = "%7B%22Statement%22%3A%5B%7B%22Action%22%3A%22s3%3A%2A%22%7D%5D%7D";

        assertThat(live("statement-actions", "{\"properties\": {\"policy\": \"" + policy + "\"}}"))
                .isEqualTo(known(Json.array(List.of(Json.of("s3:*")))));
        assertThat(live("statement-actions", "{\"properties\": {\"policy\": \"%7Bnot%\"}}"))
                .isInstanceOf(SettingValue.Unknown.class);
    }

    @Test
    void refusesAFormThatReadsWhatTheServiceTypeDoesNotDeclare() {
        Issues issues = new Issues();
        FormReader.read(
                entry(),
                JsonReader.parse(
                        "{\"service-type\": \"Y\", \"form\": \"terraform\", \"types\": [\"x\"],"
                                + " \"settings\": {\"nothing\": {\"path\": \"a\"}, \"access\": {\"path\": \"a\", \"read-as\": \"bool\"}}}"),
                issues);

        assertThat(issues.all())
                .extracting(Issues.Issue::message)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("is not the service type"),
                        message -> assertThat(message).contains("setting 'nothing' is not declared"),
                        message -> assertThat(message).contains("needs 'words'"));
    }
}
