package dev.demarc.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterTest {
    private static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    private static final String REVISION = "0123456789ab";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # approved, expires,  revision,     controls, asked,  answer
            true,  2027-01-01, 0123456789ab,       , DAT-06, yes
            true,  2027-01-01,             ,       , DAT-06, yes
            true,  2026-11-24, 0123456789ab,       , DAT-06, yes
            true,  2027-01-01, 0123456789ab, DAT-06, DAT-06, yes
            true,  2027-01-01, 0123456789ab, DAT-06, NET-01, the register entry of AWS::S3::Bucket does not name NET-01
            true,  2026-11-23, 0123456789ab,       , DAT-06, the register entry of AWS::S3::Bucket expired on 2026-11-23; review it again
            false, 2027-01-01, 0123456789ab,       , DAT-06, the register entry of AWS::S3::Bucket is not approved
            true,  2027-01-01, ba9876543210,       , DAT-06, the register entry of AWS::S3::Bucket was reviewed against catalogue revision ba9876543210; the entry is now at 0123456789ab
            """)
    void saysWhyAControlIsNotDocumented(
            boolean approved,
            LocalDate expires,
            @Nullable String revision,
            @Nullable String controls,
            String asked,
            String answer) {
        Register register = register(entry(approved, expires, revision, controls));

        Documented documented = register.documented(BUCKET, REVISION, Map.of(), new ControlId(asked), TODAY);

        assertThat(documented.isYes()).isEqualTo(answer.equals("yes"));
        assertThat(documented.reason()).isEqualTo(answer.equals("yes") ? "" : answer);
    }

    @Test
    void documentsNothingWithoutAnEntry() {
        Documented documented = Register.empty().documented(BUCKET, REVISION, TODAY);

        assertThat(documented)
                .isEqualTo(new Documented.No(
                        "the register has no entry for AWS::S3::Bucket; review it and add one",
                        Documented.Scope.SERVICE_TYPE));
    }

    @Test
    void saysWhetherTheControlAloneOrTheWholeTypeIsMissing() {
        Register register = register(entry(true, TODAY, REVISION, "DAT-06"));

        assertThat(register.documented(BUCKET, REVISION, TODAY).isYes()).isTrue();
        assertThat(register.documented(BUCKET, REVISION, Map.of(), new ControlId("NET-01"), TODAY))
                .isInstanceOfSatisfying(
                        Documented.No.class, no -> assertThat(no.scope()).isEqualTo(Documented.Scope.CONTROL));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # pinned whole, pinned rows,           asked,  answer
            ba9876543210, 'DAT-06=a1;NET-01=b1',   DAT-06, yes
            ba9876543210, 'DAT-06=a0;NET-01=b1',   DAT-06, DAT-06 of AWS::S3::Bucket was reviewed at row revision a0; the catalogue's row is now at a1; review it again
            ba9876543210, 'DAT-06=a0;NET-01=b1',   NET-01, yes
            ba9876543210, 'NET-01=b1',             DAT-06, DAT-06 was added to the catalogue since the review of AWS::S3::Bucket; review it
            ba9876543210, 'NET-01=b1',             MCC-04, yes
                        , 'DAT-06=a0;NET-01=b1',   DAT-06, DAT-06 of AWS::S3::Bucket was reviewed at row revision a0; the catalogue's row is now at a1; review it again
                        , 'DAT-06=a1;NET-01=b1',   DAT-06, yes
            0123456789ab, 'NET-01=b1',             DAT-06, yes
            """)
    void asksForARowAgainOnlyWhenItChanged(@Nullable String whole, String rows, String asked, String answer) {
        Register register = register(byRow(whole, rows));
        Map<ControlId, String> current = Map.of(new ControlId("DAT-06"), "a1", new ControlId("NET-01"), "b1");

        Documented documented = register.documented(BUCKET, REVISION, current, new ControlId(asked), TODAY);

        assertThat(documented.isYes()).isEqualTo(answer.equals("yes"));
        assertThat(documented.reason()).isEqualTo(answer.equals("yes") ? "" : answer);
        assertThat(register.documented(BUCKET, REVISION, TODAY).isYes()).isTrue();
    }

    @Test
    void asksForEveryRowAgainWhenOnlyTheWholeIsPinned() {
        Register register = register(entry(true, TODAY, "ba9876543210", null));
        Map<ControlId, String> current = Map.of(new ControlId("DAT-06"), "a1");

        assertThat(register.documented(BUCKET, REVISION, current, new ControlId("DAT-06"), TODAY)
                        .reason())
                .contains("reviewed against catalogue revision ba9876543210");
    }

    @Test
    void refusesAnEntryThatExpiresBeforeItsReview() {
        assertThatThrownBy(() -> entry(true, LocalDate.of(2025, 1, 1), REVISION, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2025-01-01")
                .hasMessageContaining("before its review");
    }

    private static Register register(RegisterEntry entry) {
        return new Register(List.of(entry), Register.Windows.DEFAULT, TagKeys.DEFAULT);
    }

    private static RegisterEntry entry(
            boolean approved, LocalDate expires, @Nullable String revision, @Nullable String control) {
        return new RegisterEntry(
                BUCKET,
                "storage team",
                "A. Reviewer",
                LocalDate.of(2026, 1, 1),
                expires,
                approved,
                Optional.ofNullable(revision),
                control == null ? Set.of() : Set.of(new ControlId(control)),
                Optional.empty(),
                Optional.empty());
    }

    private static RegisterEntry byRow(@Nullable String whole, String rows) {
        Map<ControlId, String> revisions = new HashMap<>();
        for (String row : rows.split(";")) {
            revisions.put(new ControlId(row.substring(0, 6)), row.substring(7));
        }
        return new RegisterEntry(
                BUCKET,
                "storage team",
                "A. Reviewer",
                LocalDate.of(2026, 1, 1),
                TODAY,
                true,
                Optional.ofNullable(whole),
                revisions,
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }
}
