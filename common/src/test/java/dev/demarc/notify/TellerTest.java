package dev.demarc.notify;

import static dev.demarc.govern.Callers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.project.Projector;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;
import dev.demarc.record.StoreChange;
import dev.demarc.record.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told of projections, of what, and how often. */
class TellerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    /** The configuration is older than the moment at which it became known. */
    private static final Instant CONFIGURED = NOW.minus(Duration.ofDays(200));

    private static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    private static final ControlId RESTORE = new ControlId("DAT-06");
    private static final Verdict FAIL = new Verdict.NonCompliant("versioning is off");
    private static final AccountId OURS = new AccountId(Provider.AWS, "111122223333");
    private static final AccountId THEIRS = new AccountId(Provider.AWS, "444455556666");
    private static final Scope ONE = Scope.operator("one");
    private static final Scope TWO = Scope.operator("two");

    private final InMemoryStore store = new InMemoryStore(Tenants.of(Map.of(OURS, "one", THEIRS, "two"), Scope.MAIN));
    private final Projector projector = new Projector(store);
    private final Teller teller = new Teller(store, store, Catalogue.bundled());
    private final List<StoreChange> delivered = new ArrayList<>();

    private void subscribe(Scope scope) {
        WebhookRequest request =
                new WebhookRequest("https://hooks.example.com/", Set.of(), "LOW", SignatureTest.SECRET);
        done(new Webhooks(store, TargetCheck.strict()).subscribe(scope, "chat", request, CONFIGURED));
    }

    /** Records and projects; answers how many notices were new. Every history step is recorded at {@code now}. */
    private int observe(AccountId account, Level level, Verdict verdict, Instant configured, Instant now) {
        store.record(new Observation(
                new ResourceId(account.provider(), account.account(), "eu-west-1", BUCKET.name(), "ledger"),
                BUCKET,
                new Version(configured, 0),
                Observation.State.LIVE,
                "0123456789ab",
                new Labels(Optional.of(level), Optional.of(level), Optional.empty()),
                new TreeMap<>(Map.of(RESTORE, verdict))));
        int[] told = {0};
        store.drain(change -> {
            projector.apply(change);
            StoreChange seen =
                    change instanceof StoreChange.HistoryAdded(String sequence, HistoryEntry entry, Instant at)
                            ? new StoreChange.HistoryAdded(sequence, entry, now)
                            : change;
            delivered.add(seen);
            told[0] += teller.tell(seen, now);
        });
        return told[0];
    }

    private List<Notice> notices(Scope scope) {
        return new NoticeLog(store).read(scope, "", 100).notices();
    }

    @Test
    void writesNothingForATenantWithoutAWebhook() {
        assertThat(observe(OURS, Level.LOW, FAIL, CONFIGURED, NOW)).isZero();

        assertThat(notices(ONE)).isEmpty();
    }

    @Test
    void writesNothingForATenantWhoseOnlyWebhookIsPaused() {
        subscribe(ONE);
        new Webhooks(store, TargetCheck.strict()).pause(ONE, "chat", "the receiver is gone", 1, NOW);

        assertThat(observe(OURS, Level.LOW, FAIL, CONFIGURED, NOW)).isZero();
        assertThat(notices(ONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            LOW,      LOW
            HIGH,     MEDIUM
            CRITICAL, HIGH
            """)
    void tellsAtTheTimeAtWhichItBecameKnownAndHowUrgentItIs(Level level, String band) {
        subscribe(ONE);

        assertThat(observe(OURS, level, FAIL, CONFIGURED, NOW)).isOne();

        assertThat(notices(ONE)).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo("finding.opened");
            assertThat(notice.at()).isEqualTo(NOW);
            assertThat(notice.account()).contains(OURS);
            assertThat(notice.details().textAt("band", "")).isEqualTo(band);
            assertThat(notice.details().textAt("since", "")).isEqualTo(CONFIGURED.toString());
        });
    }

    @Test
    void tellsNoNoticeTwiceHoweverOftenAChangeIsDelivered() {
        subscribe(ONE);
        observe(OURS, Level.LOW, FAIL, CONFIGURED, NOW);
        int again = 0;
        for (StoreChange change : List.copyOf(delivered)) {
            again += teller.tell(change, NOW.plusSeconds(5));
            again += new Teller(store, store, Catalogue.bundled()).tell(change, NOW.plus(Duration.ofDays(1)));
        }

        assertThat(again).isZero();
        assertThat(notices(ONE)).hasSize(1);
        // Control: another step is another notice.
        assertThat(observe(OURS, Level.LOW, new Verdict.Compliant(List.of()), NOW, NOW.plusSeconds(6)))
                .isOne();
        assertThat(notices(ONE)).extracting(Notice::kind).containsExactly("finding.opened", "finding.fixed");
    }

    @Test
    void tellsEachTenantOfItsOwnAndNothingOfTheOther() {
        subscribe(ONE);
        assertThat(observe(OURS, Level.LOW, FAIL, CONFIGURED, NOW)).isOne();
        assertThat(observe(THEIRS, Level.LOW, FAIL, CONFIGURED, NOW)).isZero();
        assertThat(notices(TWO)).isEmpty();

        subscribe(TWO);
        Instant later = NOW.plus(Duration.ofMinutes(2));
        assertThat(observe(THEIRS, Level.LOW, new Verdict.Compliant(List.of()), NOW, later))
                .isOne();

        assertThat(notices(ONE)).extracting(Notice::account).containsExactly(Optional.of(OURS));
        assertThat(notices(TWO)).extracting(Notice::account).containsExactly(Optional.of(THEIRS));
        assertThat(notices(TWO)).extracting(Notice::kind).containsExactly("finding.fixed");
    }

    @Test
    void looksForListenersAgainAfterAMinute() {
        observe(OURS, Level.LOW, FAIL, CONFIGURED, NOW);
        subscribe(ONE);
        Verdict pass = new Verdict.Compliant(List.of());

        assertThat(observe(OURS, Level.LOW, pass, CONFIGURED.plusSeconds(1), NOW.plusSeconds(60)))
                .isZero();
        assertThat(observe(OURS, Level.LOW, FAIL, CONFIGURED.plusSeconds(2), NOW.plusSeconds(61)))
                .isOne();
    }
}
