package dev.demarc.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.query.Priority;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.HistoryEntry.Change;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticeLogTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Scope SCOPE = Scope.operator(Scope.MAIN);
    private static final AccountId ACCOUNT = new AccountId(Provider.AWS, "111122223333");

    private final NoticeLog log = new NoticeLog(new InMemoryStore());

    private static HistoryEntry entry(String account, Instant at, Change... changes) {
        ResourceId resource = new ResourceId(Provider.AWS, account, "eu-west-1", "AWS::S3::Bucket", "ledger");
        return new HistoryEntry(
                Scope.MAIN, resource, new ServiceType("AWS::S3::Bucket"), "step@" + at, at, List.of(changes));
    }

    private static Change change(String control, String from, String to) {
        return new Change(new ControlId(control), from, to);
    }

    private static Notice plain(Instant at, String occasion) {
        return Notice.of(
                NoticeKind.REGISTER_STALE,
                at,
                "register/A",
                occasion,
                Json.object().build());
    }

    @Test
    void tellsWhatAStepMeansForEachControl() {
        List<Notice> notices = Notices.of(entry(
                ACCOUNT.account(),
                NOW,
                change("DAT-01", "COMPLIANT", "NON_COMPLIANT"),
                change("DAT-02", "UNKNOWN", "NON_COMPLIANT"),
                change("DAT-03", "NON_COMPLIANT", "FIXED"),
                change("DAT-04", "FIXED", "COMPLIANT"),
                change("DAT-05", "NONE", "COMPLIANT")));

        assertThat(notices)
                .extracting(Notice::kind)
                .containsExactly("finding.opened", "finding.worsened", "finding.fixed", "finding.closed");
        assertThat(notices.getFirst().subject()).isEqualTo("aws|111122223333|eu-west-1|AWS::S3::Bucket|ledger|DAT-01");
        assertThat(notices.getFirst().account()).contains(ACCOUNT);
        assertThat(notices.getFirst().details().textAt("after", "")).isEqualTo("NON_COMPLIANT");
    }

    @Test
    void namesTheBandWhereItIsKnownAndIsTheSameNoticeWithout() {
        HistoryEntry entry = entry(ACCOUNT.account(), NOW, change("DAT-01", "COMPLIANT", "NON_COMPLIANT"));

        Notice with = Notices.of(entry, entry.at(), id -> Optional.of(Priority.Band.HIGH))
                .getFirst();
        Notice without = Notices.of(entry).getFirst();

        assertThat(with.details().textAt("band", "")).isEqualTo("HIGH");
        assertThat(with.id()).isEqualTo(without.id());
    }

    @Test
    void tellsTheSameStepOnceAndAnotherOneAgain() {
        HistoryEntry first = entry(ACCOUNT.account(), NOW, change("DAT-01", "COMPLIANT", "NON_COMPLIANT"));
        HistoryEntry second =
                entry(ACCOUNT.account(), NOW.plusNanos(1), change("DAT-01", "COMPLIANT", "NON_COMPLIANT"));

        assertThat(log.write(SCOPE, Notices.of(first), NOW)).isEqualTo(1);
        assertThat(log.write(SCOPE, Notices.of(first), NOW.plusSeconds(9))).isZero();
        assertThat(log.write(SCOPE, Notices.of(second), NOW)).isEqualTo(1);
        assertThat(log.read(SCOPE, "", 10).notices()).hasSize(2);
    }

    @Test
    void standsInTheOrderOfTime() {
        List<Instant> times =
                List.of(NOW.plusNanos(5), NOW, NOW.plusSeconds(1), NOW.minusSeconds(1), NOW.plusNanos(100_000_000));
        times.forEach(at -> log.write(SCOPE, List.of(plain(at, "x")), NOW));

        assertThat(log.read(SCOPE, "", 10).notices())
                .extracting(Notice::at)
                .containsExactlyElementsOf(times.stream().sorted().toList());
        assertThat(log.read(SCOPE, Notice.place(NOW), 10).notices()).hasSize(4);
        assertThat(log.read(SCOPE, "", 10).notices())
                .allSatisfy(notice -> assertThat(Notice.timeOf(notice.id())).isEqualTo(notice.at()));
    }

    @Test
    void isReadPageByPage() {
        for (int i = 0; i < 450; i++) {
            log.write(SCOPE, List.of(plain(NOW.plusSeconds(i), "x")), NOW);
        }

        List<Notice> all = new ArrayList<>();
        Optional<String> position = Optional.of("");
        while (position.isPresent()) {
            NoticeLog.Page page = log.read(SCOPE, position.get(), 100);
            assertThat(page.notices()).hasSizeLessThanOrEqualTo(100);
            all.addAll(page.notices());
            position = page.next();
        }

        assertThat(all)
                .hasSize(450)
                .extracting(Notice::id)
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void showsToAReaderOfSomeAccountsOnlyTheirs() {
        log.write(SCOPE, Notices.of(entry("111122223333", NOW, change("DAT-01", "NONE", "UNKNOWN"))), NOW);
        log.write(SCOPE, Notices.of(entry("444455556666", NOW, change("DAT-01", "NONE", "UNKNOWN"))), NOW);
        log.write(SCOPE, List.of(plain(NOW, "of everybody")), NOW);
        Scope some = new Scope(Scope.MAIN, Optional.of(Set.of(ACCOUNT)), Role.ACCOUNT_READER, "ann");
        Scope foreign = new Scope("other", Optional.empty(), Role.ADMIN, "eve");

        assertThat(log.read(SCOPE, "", 10).notices()).hasSize(3);
        assertThat(log.read(some, "", 10).notices())
                .hasSize(2)
                .noneMatch(notice -> notice.json().write().contains("444455556666"));
        assertThat(log.read(foreign, "", 10).notices()).isEmpty();
    }

    @Test
    void readsFromItsJsonWhatWasWritten() {
        Notice notice = Notices.of(entry(ACCOUNT.account(), NOW, change("DAT-01", "NONE", "UNKNOWN")))
                .getFirst();

        assertThat(Notice.read(JsonReader.parse(notice.json().write()))).isEqualTo(notice);
    }
}
