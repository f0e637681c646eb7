package dev.demarc.notify;

import static dev.demarc.govern.Callers.ANA;
import static dev.demarc.govern.Callers.BEN;
import static dev.demarc.govern.Callers.BUCKET;
import static dev.demarc.govern.Callers.EDITOR;
import static dev.demarc.govern.Callers.NOW;
import static dev.demarc.govern.Callers.RESTORE;
import static dev.demarc.govern.Callers.done;
import static dev.demarc.govern.Callers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.AttestationRequest;
import dev.demarc.govern.Attestations;
import dev.demarc.govern.Callers;
import dev.demarc.govern.Decisions;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.govern.Waivers;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.query.AccountCoverage;
import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import dev.demarc.register.RegisterDraft;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The parts of a tick one by one: each transition told once, whoever looks, however often, and wherever it stops. */
class ClockworkMarksTest {
    private static final Scope SCOPE = Scope.operator(Scope.MAIN);
    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final Duration DAY = Duration.ofDays(1);

    private final FailingStore store = new FailingStore();

    private List<String> told() {
        return new NoticeLog(store)
                .read(SCOPE, "", 1_000).notices().stream().map(Notice::kind).toList();
    }

    private static List<AccountCoverage> coverage(Optional<String> gap) {
        return List.of(new AccountCoverage(
                Callers.ACCOUNT,
                List.of(new AccountCoverage.OfType(
                        BUCKET,
                        3,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        gap,
                        gap.map(ignored -> NOW)))));
    }

    private int look(Optional<String> gap, Instant now) {
        return ClockworkValidation.run(store, SCOPE, coverage(gap), now);
    }

    @Test
    void tellsALapseAndItsEndOnceEach() {
        Optional<String> gap = Optional.of("the change feed has been silent");

        List<Integer> written = List.of(
                look(gap, NOW),
                look(Optional.empty(), NOW.plusSeconds(60)),
                look(Optional.empty(), NOW.plusSeconds(120)),
                look(gap, NOW.plusSeconds(180)),
                look(gap, NOW.plusSeconds(240)),
                look(Optional.empty(), NOW.plusSeconds(300)),
                look(gap, NOW.plusSeconds(360)));

        // What never was validated does not lapse, and its first validation restores nothing.
        assertThat(written).containsExactly(0, 0, 0, 1, 0, 1, 1);
        assertThat(told()).containsExactly("validation.lapsed", "validation.restored", "validation.lapsed");
        assertThat(new NoticeLog(store)
                        .read(SCOPE, "", 1)
                        .notices()
                        .getFirst()
                        .details()
                        .textAt("since", ""))
                .isEqualTo(NOW.toString());
    }

    @Test
    void tellsALapseOnceWhereverATickStops() {
        int stops = 0;
        for (boolean after : new boolean[] {false, true}) {
            for (int n = 1; n <= 3; n++) {
                FailingStore broken = new FailingStore();
                ClockworkValidation.run(broken, SCOPE, coverage(Optional.empty()), NOW);
                broken.stopAt(n, after);
                assertThatThrownBy(() -> ClockworkValidation.run(
                                broken, SCOPE, coverage(Optional.of("silent")), NOW.plusSeconds(1)))
                        .hasMessageContaining("stopped");
                stops++;
                // The ticks that follow see another time, and it must stay one notice.
                ClockworkValidation.run(broken, SCOPE, coverage(Optional.of("silent")), NOW.plusSeconds(2));
                ClockworkValidation.run(broken, SCOPE, coverage(Optional.of("silent")), NOW.plusSeconds(3));

                assertThat(new NoticeLog(broken).read(SCOPE, "", 10).notices())
                        .as("stopped at write " + n)
                        .extracting(Notice::kind)
                        .containsExactly("validation.lapsed");
            }
        }
        assertThat(stops).isEqualTo(6);
    }

    @Test
    void tellsALapseOnceWhenManyLookAtOnce() throws Exception {
        look(Optional.empty(), NOW);

        List<Callable<Integer>> ticks = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Instant now = NOW.plusSeconds(i + 1);
            ticks.add(() -> look(Optional.of("silent"), now));
        }
        int written = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (var tick : threads.invokeAll(ticks)) {
                written += tick.get();
            }
        }

        assertThat(told()).containsExactly("validation.lapsed");
        assertThat(written).isEqualTo(1);
    }

    /** The control: without the mark that carries the notice, each look tells it anew. */
    @Test
    void wouldTellItAgainWithoutTheMark() {
        look(Optional.empty(), NOW);
        look(Optional.of("silent"), NOW.plusSeconds(1));
        Json forgotten = Json.object()
                .with("seen", Json.object().with("state", "VALIDATED").build())
                .build();
        var mark = store.documents(SCOPE, Documents.Kind.MARK, "", 10).getFirst();
        store.write(
                SCOPE, new Documents.Write(Documents.Kind.MARK, mark.id(), mark.revision(), NOW, "test", forgotten));

        look(Optional.of("silent"), NOW.plusSeconds(2));

        assertThat(told()).containsExactly("validation.lapsed", "validation.lapsed");
    }

    @Test
    void tellsAWaiverFromRequestToExpiryAndWarnsOnce() {
        Waivers waivers = new Waivers(store);
        Waiver request = done(waivers.request(ANA, "w", request(Duration.ofDays(40)), WaiverTerms.HIGH, NOW));
        ClockworkDecisions.waivers(store, SCOPE, NOW);
        Waiver waiver = done(waivers.approve(BEN, "w", 1, WaiverTerms.HIGH, NOW.plus(DAY)));
        for (Instant now = NOW.plus(DAY); now.isBefore(NOW.plus(Duration.ofDays(60))); now = now.plus(DAY)) {
            ClockworkDecisions.waivers(store, SCOPE, now);
            ClockworkDecisions.waivers(store, SCOPE, now.plusSeconds(1));
        }

        assertThat(told()).containsExactly("waiver.requested", "waiver.approved", "waiver.expiring", "waiver.expired");
        assertThat(new NoticeLog(store).read(SCOPE, "", 10).notices())
                .extracting(Notice::at)
                .containsExactly(request.requestedAt(), NOW.plus(DAY), waiver.warnAt(), waiver.expiresAt());
    }

    @Test
    void warnsAgainOnlyWhenTheExpiryMoved() {
        Waivers waivers = new Waivers(store);
        done(waivers.request(ANA, "w", request(Duration.ofDays(40)), WaiverTerms.LOW, NOW));
        Waiver waiver = done(waivers.approve(BEN, "w", 1, WaiverTerms.LOW, NOW));
        Instant warned = waiver.warnAt();
        ClockworkDecisions.waivers(store, SCOPE, warned);
        Instant later = waiver.expiresAt().plus(Duration.ofDays(100));
        done(waivers.extend(ANA, "w", 2, Optional.of(later), "more", WaiverTerms.LOW, warned.plusSeconds(1)));
        ClockworkDecisions.waivers(store, SCOPE, warned.plusSeconds(2));
        Waiver extended = done(waivers.approve(BEN, "w", 3, WaiverTerms.LOW, warned.plusSeconds(3)));
        ClockworkDecisions.waivers(store, SCOPE, waiver.expiresAt());
        ClockworkDecisions.waivers(store, SCOPE, extended.warnAt());

        assertThat(told())
                .containsExactly(
                        "waiver.requested",
                        "waiver.approved",
                        "waiver.expiring",
                        "waiver.requested",
                        "waiver.approved",
                        "waiver.expiring");
    }

    @Test
    void tellsEveryMoveOfAWaiverEvenWhenItLooksLate() {
        Waivers waivers = new Waivers(store);
        done(waivers.request(ANA, "w", request(Duration.ofDays(40)), WaiverTerms.LOW, NOW));
        done(waivers.approve(BEN, "w", 1, WaiverTerms.LOW, NOW.plusSeconds(1)));
        done(waivers.revoke(BEN, "w", 2, "", NOW.plusSeconds(2)));
        done(waivers.request(ANA, "x", request(DAY), WaiverTerms.LOW, NOW.plusSeconds(3)));
        done(waivers.reject(BEN, "x", 1, "", NOW.plusSeconds(4)));

        int written = ClockworkDecisions.waivers(store, SCOPE, NOW.plus(Duration.ofDays(50)));

        assertThat(told())
                .containsExactly(
                        "waiver.requested", "waiver.approved", "waiver.revoked", "waiver.requested", "waiver.rejected");
        assertThat(written).isEqualTo(5);
        assertThat(ClockworkDecisions.waivers(store, SCOPE, NOW.plus(Duration.ofDays(51))))
                .isZero();
    }

    @Test
    void tellsWaiversOnceWhereverATickStops() {
        for (boolean after : new boolean[] {false, true}) {
            int n = 0;
            boolean stopped = true;
            while (stopped) {
                n++;
                FailingStore broken = new FailingStore();
                Waivers waivers = new Waivers(broken);
                done(waivers.request(ANA, "w", request(Duration.ofDays(8)), WaiverTerms.LOW, NOW));
                done(waivers.approve(BEN, "w", 1, WaiverTerms.LOW, NOW));
                broken.stopAt(n, after);
                Instant now = NOW.plus(Duration.ofDays(9));
                try {
                    ClockworkDecisions.waivers(broken, SCOPE, now);
                    stopped = false;
                } catch (IllegalStateException atTheWrite) {
                    ClockworkDecisions.waivers(broken, SCOPE, now.plusSeconds(1));
                }
                ClockworkDecisions.waivers(broken, SCOPE, now.plusSeconds(2));

                assertThat(new NoticeLog(broken).read(SCOPE, "", 10).notices())
                        .extracting(Notice::kind)
                        .containsExactlyInAnyOrder("waiver.requested", "waiver.approved", "waiver.expired");
            }
            assertThat(n).isGreaterThan(3);
        }
    }

    @Test
    void warnsOfAttestationsAndTellsTheirEnd() {
        Attestations attestations = new Attestations(store, CATALOGUE);
        AttestationRequest request = new AttestationRequest(
                BUCKET,
                new ControlId("DAT-10"),
                Optional.empty(),
                "s",
                "e",
                Optional.of(NOW.plus(Duration.ofDays(100))));
        done(attestations.attest(ANA, "kept", request, NOW));
        done(attestations.attest(ANA, "revoked", request, NOW));
        done(attestations.revoke(ANA, "revoked", 1, NOW));

        for (int day = 0; day < 120; day += 5) {
            Instant now = NOW.plus(Duration.ofDays(day));
            ClockworkDecisions.attestations(store, SCOPE, attestations.list(SCOPE), now);
        }

        assertThat(told()).containsExactly("attestation.expiring", "attestation.expired");
    }

    private Json reviewed() {
        Json drafted = RegisterDraft.of(
                        JsonReader.parse("{\"entries\": []}"), List.of(BUCKET), CATALOGUE, LocalDate.of(2026, 11, 24))
                .register();
        return JsonReader.parse(drafted.write()
                .replace("\"approved\":false", "\"approved\":true")
                .replace("TODO", "somebody"));
    }

    private int look(Instant now) {
        return ClockworkRegister.run(
                store, SCOPE, Decisions.load(store, SCOPE, now).register(), CATALOGUE, now);
    }

    @Test
    void tellsWhenAReviewExpiresAndWhenItIsRenewed() {
        RegisterVersions versions = new RegisterVersions(store);
        done(versions.push(EDITOR, reviewed(), 0, NOW));
        Instant expired = NOW.plus(Duration.ofDays(366));
        List<Integer> before = List.of(look(NOW), look(NOW.plus(Duration.ofDays(365))));
        List<Integer> after = List.of(look(expired), look(expired.plus(DAY)));

        Json renewed = JsonReader.parse(reviewed().write().replace("2027-11-24", "2029-11-24"));
        done(versions.push(EDITOR, renewed, 1, expired));
        List<Integer> again = List.of(look(expired.plus(DAY)), look(expired.plus(DAY)));

        assertThat(before).containsExactly(0, 0);
        assertThat(after).containsExactly(1, 0);
        assertThat(again).containsExactly(1, 0);
        assertThat(told()).containsExactly("register.stale", "register.renewed");
    }

    @Test
    void tellsWhichRowChangedAndAnotherOneAgain() {
        RegisterVersions versions = new RegisterVersions(store);
        String sound = reviewed().write();
        String whole = CATALOGUE.entry(BUCKET).orElseThrow().revision();
        String restore = revision(RESTORE);
        String abroad = revision(new ControlId("DAT-10"));
        String one = sound.replace(whole, "111111111111").replace(restore, "000000000000");
        String two = one.replace(abroad, "222222222222");
        look(NOW);

        List<Integer> written = new ArrayList<>();
        for (String json : List.of(sound, one, one, two, one, sound)) {
            long number =
                    versions.current(SCOPE).map(version -> version.number()).orElse(0L);
            done(versions.push(EDITOR, JsonReader.parse(json), number, NOW));
            written.add(look(NOW.plusSeconds(number)));
        }

        assertThat(written).containsExactly(0, 1, 0, 1, 0, 1);
        List<Notice> notices = new NoticeLog(store).read(SCOPE, "", 10).notices();
        assertThat(notices)
                .extracting(Notice::kind)
                .containsExactly("register.stale", "register.stale", "register.renewed");
        assertThat(notices.get(1).details().at("controls").write()).isEqualTo("[\"DAT-06\",\"DAT-10\"]");
    }

    private static String revision(ControlId control) {
        return CATALOGUE
                .entry(BUCKET)
                .orElseThrow()
                .responsibility(control)
                .orElseThrow()
                .revision();
    }

    @Test
    void anEntryThatIsGoneIsNeitherStaleNorRenewed() {
        RegisterVersions versions = new RegisterVersions(store);
        Json expired = JsonReader.parse(reviewed().write().replace("2027-11-24", "2026-11-24"));
        done(versions.push(EDITOR, expired, 0, NOW));
        look(NOW.plus(DAY));
        done(versions.push(EDITOR, JsonReader.parse("{\"entries\": []}"), 1, NOW));
        look(NOW.plus(DAY));
        done(versions.push(EDITOR, expired, 2, NOW));
        look(NOW.plus(DAY).plusSeconds(1));

        assertThat(told()).containsExactly("register.stale", "register.stale");
    }
}
