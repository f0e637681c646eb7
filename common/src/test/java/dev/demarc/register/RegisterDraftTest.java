package dev.demarc.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.compile.YamlDocument;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterDraftTest {
    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    private static final ServiceType DATABASE = new ServiceType("AWS::RDS::DBInstance");
    private static final ServiceType QUEUE = new ServiceType("AWS::Timestream::Database");
    private static final ControlId RESTORE = new ControlId("DAT-06");
    private static final Json NOTHING = JsonReader.parse("{\"entries\": []}");

    @TempDir
    Path folder;

    private static Json register(String... more) {
        return JsonReader.parse("""
                {"organisation": "Example", "entries": [{"service-type": "AWS::S3::Bucket", "owner": "storage", "note": "ours",
                  "reviewed-by": "A. Reviewer", "reviewed-on": "2026-01-01", "approved": true, "sensitivity": "high",
                  "expires-on": "2027-01-01"%s}]}""".formatted(String.join("", more)));
    }

    private static Json entry(Json register, ServiceType type) {
        return register.at("entries").elements().stream()
                .filter(one -> one.textAt("service-type", "").equals(type.name()))
                .findFirst()
                .orElse(Json.JsonNull.NULL);
    }

    @Test
    void draftsWhatIsInUseAndNotReviewed() {
        RegisterDraft draft = RegisterDraft.of(NOTHING, List.of(DATABASE, BUCKET, QUEUE), CATALOGUE, TODAY);

        CatalogueEntry row = CATALOGUE.entry(BUCKET).orElseThrow();
        Json bucket = entry(draft.register(), BUCKET);
        List<ControlId> customers = row.responsibilities().stream()
                .filter(one -> one.owner() != Responsibility.Owner.PROVIDER)
                .map(Responsibility::control)
                .toList();
        assertThat(draft.drafted()).containsExactly(DATABASE, BUCKET);
        assertThat(draft.unknown()).containsExactly(QUEUE);
        assertThat(bucket.textAt("owner", "")).isEqualTo("TODO");
        assertThat(bucket.at("approved")).isEqualTo(Json.of(false));
        assertThat(bucket.textAt("catalogue-revision", "")).isEqualTo(row.revision());
        assertThat(bucket.at("controls").elements())
                .isEqualTo(customers.stream().map(one -> Json.of(one.value())).toList());
        assertThat(bucket.at("row-revisions").textAt(RESTORE.value(), ""))
                .isEqualTo(row.responsibility(RESTORE).orElseThrow().revision());
        assertThat(customers.size()).isBetween(1, row.responsibilities().size() - 1);
    }

    @Test
    void isARegisterThatDocumentsNothingUntilAPersonApprovesIt() {
        Json draft =
                RegisterDraft.of(NOTHING, List.of(BUCKET), CATALOGUE, TODAY).register();

        RegisterReader.Result asDrafted = RegisterReader.read(draft);
        RegisterReader.Result approvedUnread =
                RegisterReader.read(JsonReader.parse(draft.write().replace("\"approved\":false", "\"approved\":true")));
        RegisterReader.Result approved = RegisterReader.read(JsonReader.parse(
                draft.write().replace("\"approved\":false", "\"approved\":true").replace("TODO", "somebody")));

        String revision = CATALOGUE.entry(BUCKET).orElseThrow().revision();
        assertThat(asDrafted.mistakes()).isEmpty();
        assertThat(asDrafted.register().documented(BUCKET, revision, TODAY).isYes())
                .isFalse();
        assertThat(approvedUnread.mistakes()).isNotEmpty();
        assertThat(approved.mistakes()).isEmpty();
        assertThat(approved.register().documented(BUCKET, revision, TODAY).isYes())
                .isTrue();
    }

    @Test
    void leavesAnApprovedCurrentEntryAsItIs() {
        Json present = register();

        RegisterDraft draft = RegisterDraft.of(present, List.of(BUCKET), CATALOGUE, TODAY);

        assertThat(draft.drafted()).isEmpty();
        assertThat(draft.register()).isEqualTo(present);
    }

    @Test
    void draftsAnExpiredReviewAnewWithWhatItSaidAsProposal() {
        Json present = JsonReader.parse(register().write().replace("2027-01-01", "2026-11-23"));

        RegisterDraft draft = RegisterDraft.of(present, List.of(BUCKET), CATALOGUE, TODAY);

        Json bucket = entry(draft.register(), BUCKET);
        assertThat(draft.drafted()).containsExactly(BUCKET);
        assertThat(bucket.textAt("owner", "")).isEqualTo("storage");
        assertThat(bucket.textAt("sensitivity", "")).isEqualTo("high");
        assertThat(bucket.textAt("reviewed-by", "")).isEqualTo("TODO");
        assertThat(bucket.at("approved")).isEqualTo(Json.of(false));
        assertThat(draft.register().textAt("organisation", "")).isEqualTo("Example");
    }

    @Test
    void keepsWhatIsNotInUse() {
        Json present = JsonReader.parse(register().write().replace("2027-01-01", "2026-11-23"));

        assertThat(RegisterDraft.of(present, List.of(DATABASE), CATALOGUE, TODAY)
                        .register()
                        .at("entries")
                        .elements())
                .hasSize(2)
                .contains(present.at("entries").elements().getFirst());
    }

    @Test
    void saysWhichRowsOfAKeptEntryChangedSinceItsReview() {
        CatalogueEntry row = CATALOGUE.entry(BUCKET).orElseThrow();
        Json.Builder rows = Json.object();
        RegisterReview.customers(row)
                .forEach(one -> rows.with(
                        one.control().value(), one.control().equals(RESTORE) ? "000000000000" : one.revision()));
        Json present = register(", \"catalogue-revision\": \"000000000000\", \"row-revisions\": "
                + rows.build().write());

        RegisterDraft draft = RegisterDraft.of(present, List.of(BUCKET), CATALOGUE, TODAY);

        assertThat(draft.drafted()).isEmpty();
        assertThat(draft.register()).isEqualTo(present);
        assertThat(draft.toReview().get(BUCKET)).containsOnlyKeys(RESTORE);
        assertThat(draft.yaml(CATALOGUE))
                .contains("  # To review: DAT-06 of AWS::S3::Bucket was reviewed at row revision");
    }

    @Test
    void asksForAReviewOfTheRowsThatChangedAndOfNoOther() {
        CatalogueEntry row = CATALOGUE.entry(BUCKET).orElseThrow();
        Json drafted =
                RegisterDraft.of(NOTHING, List.of(BUCKET), CATALOGUE, TODAY).register();
        String approved = drafted.write()
                .replace("\"approved\":false", "\"approved\":true")
                .replace("TODO", "x");
        String restore = row.responsibility(RESTORE).orElseThrow().revision();
        // The catalogue moved on: one row, and with it the whole.
        String moved = approved.replace(restore, "000000000000").replace(row.revision(), "111111111111");

        assertThat(review(approved, TODAY).isCurrent()).isTrue();
        assertThat(review(moved, TODAY).changed()).containsOnlyKeys(RESTORE);
        assertThat(review(moved, TODAY).stale()).isEmpty();
        assertThat(review(approved, TODAY.plusYears(2)).stale()).isPresent();
        assertThat(review(drafted.write(), TODAY).stale()).isEmpty();
        assertThat(review(drafted.write(), TODAY).isCurrent()).isFalse();
    }

    private static RegisterReview review(String json, LocalDate today) {
        Register register = RegisterReader.read(JsonReader.parse(json)).register();
        return RegisterReview.of(register, register.entry(BUCKET).orElseThrow(), CATALOGUE, today);
    }

    @Test
    void yamlHasTheTitlesAndReadsAsTheDraft() throws IOException {
        RegisterDraft draft = RegisterDraft.of(NOTHING, List.of(BUCKET), CATALOGUE, TODAY);

        Path file = Files.writeString(folder.resolve("draft.yaml"), draft.yaml(CATALOGUE));

        assertThat(file)
                .content()
                .contains("  # To review: Amazon S3 bucket, PAAS, object-storage\n")
                .contains("- \"DAT-06\"  # "
                        + CATALOGUE.control(RESTORE).orElseThrow().title());
        assertThat(YamlDocument.read(file).json()).isEqualTo(draft.register());
    }
}
