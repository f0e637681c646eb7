package dev.demarc.govern;

import static dev.demarc.govern.Callers.ACCOUNT;
import static dev.demarc.govern.Callers.ANA;
import static dev.demarc.govern.Callers.BEN;
import static dev.demarc.govern.Callers.BUCKET;
import static dev.demarc.govern.Callers.NOW;
import static dev.demarc.govern.Callers.OTHER;
import static dev.demarc.govern.Callers.RESTORE;
import static dev.demarc.govern.Callers.done;
import static dev.demarc.govern.Callers.refused;
import static dev.demarc.govern.Callers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.demarc.govern.Ruling.Cause;
import dev.demarc.govern.Ruling.Reason;
import dev.demarc.govern.Waiver.Decision;
import dev.demarc.govern.Waiver.Status;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Documents;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WaiversTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final InMemoryStore store = new InMemoryStore();
    private final Waivers waivers = new Waivers(store);

    private Waiver requested(WaiverTerms terms) {
        return done(waivers.request(ANA, "w", request(Duration.ofDays(20)), terms, NOW));
    }

    private Waiver approved(WaiverTerms terms) {
        requested(terms);
        return done(waivers.approve(BEN, "w", 1, terms, NOW.plus(DAY)));
    }

    private static List<String> whats(Ruling<?> ruling) {
        return refused(ruling).reasons().stream().map(Reason::what).toList();
    }

    @Test
    void waivesFromApprovalToExpiry() {
        Waiver request = requested(WaiverTerms.HIGH);

        Waiver waiver = done(waivers.approve(BEN, "w", request.revision(), WaiverTerms.HIGH, NOW.plus(DAY)));

        assertThat(request.isActiveAt(NOW)).isFalse();
        assertThat(waiver.isActiveAt(NOW.plus(DAY))).isTrue();
        assertThat(waiver.isActiveAt(waiver.expiresAt().minusNanos(1))).isTrue();
        assertThat(waiver.isActiveAt(waiver.expiresAt())).isFalse();
        assertThat(waiver.hasExpiredAt(waiver.expiresAt())).isTrue();
        assertThat(waiver.requestedBy()).isEqualTo("ana");
        assertThat(waiver.decidedBy()).contains("ben");
        assertThat(waiver.decidedAt()).contains(NOW.plus(DAY));
        assertThat(waivers.find(ANA, "w")).contains(waiver);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # band,   days, taken
            CRITICAL,   30, true
            CRITICAL,   31, false
            HIGH,       90, true
            HIGH,       91, false
            MEDIUM,    180, true
            MEDIUM,    181, false
            LOW,       365, true
            LOW,       366, false
            LOW,         0, false
            LOW,        -1, false
            """)
    void livesNoLongerThanItsPriorityAllows(WaiverTerms terms, int days, boolean taken) {
        Ruling<Waiver> ruling = waivers.request(ANA, "w", request(Duration.ofDays(days)), terms, NOW);

        assertThat(ruling instanceof Ruling.Done).isEqualTo(taken);
        if (!taken) {
            assertThat(whats(ruling)).containsExactly("expiresAt");
            assertThat(waivers.find(ANA, "w")).isEmpty();
        }
    }

    @Test
    void saysEverythingThatIsMissingAtOnce() {
        WaiverRequest nothing =
                new WaiverRequest(request(DAY).subject(), " ", "", Optional.empty(), "", Optional.empty());

        Ruling<Waiver> ruling = waivers.request(ANA, "an id", nothing, WaiverTerms.HIGH, NOW);

        assertThat(refused(ruling).cause()).isEqualTo(Cause.RULE);
        assertThat(whats(ruling))
                .containsExactly("owner", "reason", "decision", "compensatingControl", "expiresAt", "id");
        assertThat(refused(ruling).reasons()).allSatisfy(reason -> {
            assertThat(reason.why()).isNotBlank();
            assertThat(reason.next()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # band,   decision,  compensated, taken
            LOW,      ACCEPT,    false, true
            LOW,      MITIGATE,  false, false
            LOW,      MITIGATE,  true,  true
            MEDIUM,   TRANSFER,  false, true
            HIGH,     ACCEPT,    false, false
            HIGH,     ACCEPT,    true,  true
            CRITICAL, FIX_LATER, false, false
            CRITICAL, FIX_LATER, true,  true
            """)
    void asksForACompensatingControlWhereTheRiskIsHighOrMitigated(
            WaiverTerms terms, Decision decision, boolean compensated, boolean taken) {
        WaiverRequest plain = request(DAY);
        WaiverRequest request = new WaiverRequest(
                plain.subject(),
                plain.owner(),
                plain.reason(),
                Optional.of(decision),
                compensated ? "nightly copies" : "",
                plain.expiresAt());

        Ruling<Waiver> ruling = waivers.request(ANA, "w", request, terms, NOW);

        assertThat(ruling instanceof Ruling.Done).isEqualTo(taken);
        if (!taken) {
            assertThat(whats(ruling)).containsExactly("compensatingControl");
        }
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, false", "HIGH, false", "MEDIUM, true", "LOW, true"})
    void letsTheRequesterApproveOnlyWhatIsNotUrgent(WaiverTerms terms, boolean taken) {
        requested(terms);

        Ruling<Waiver> own = waivers.approve(ANA, "w", 1, terms, NOW);

        assertThat(own instanceof Ruling.Done).isEqualTo(taken);
        if (!taken) {
            assertThat(whats(own)).containsExactly("decidedBy");
            assertThat(waivers.find(ANA, "w").orElseThrow().status()).isEqualTo(Status.REQUESTED);
            assertThat(waivers.approve(BEN, "w", 1, terms, NOW)).isInstanceOf(Ruling.Done.class);
        }
    }

    @Test
    void judgesByThePriorityAtTheApprovalWhenThatHasRisen() {
        requested(WaiverTerms.LOW);

        Ruling<Waiver> own = waivers.approve(ANA, "w", 1, WaiverTerms.CRITICAL, NOW);
        Waiver second = done(waivers.approve(BEN, "w", 1, WaiverTerms.CRITICAL, NOW));

        assertThat(whats(own)).containsExactly("decidedBy");
        assertThat(second.terms()).isEqualTo(WaiverTerms.CRITICAL);
    }

    @Test
    void keepsTheTermsOfTheRequestWhenThePriorityHasFallen() {
        requested(WaiverTerms.HIGH);

        assertThat(whats(waivers.approve(ANA, "w", 1, WaiverTerms.LOW, NOW))).containsExactly("decidedBy");
    }

    @Test
    void doesNotApproveALifeThatIsTooLongForTheRisenPriority() {
        done(waivers.request(ANA, "w", request(Duration.ofDays(300)), WaiverTerms.LOW, NOW));

        assertThat(whats(waivers.approve(BEN, "w", 1, WaiverTerms.HIGH, NOW))).containsExactly("expiresAt");
        assertThat(waivers.approve(BEN, "w", 1, WaiverTerms.LOW, NOW)).isInstanceOf(Ruling.Done.class);
    }

    @Test
    void doesNotApproveWhatHasExpiredWhileItWaited() {
        Waiver request = requested(WaiverTerms.LOW);

        assertThat(whats(waivers.approve(BEN, "w", 1, WaiverTerms.LOW, request.expiresAt())))
                .containsExactly("expiresAt");
    }

    @Test
    void movesOnlyFromTheRevisionThatTheCallerHasSeen() {
        approved(WaiverTerms.LOW);

        assertThat(refused(waivers.revoke(BEN, "w", 1, "", NOW)).cause()).isEqualTo(Cause.STALE);
        assertThat(waivers.revoke(BEN, "w", 2, "", NOW)).isInstanceOf(Ruling.Done.class);
    }

    @Test
    void takesAnIdOnce() {
        requested(WaiverTerms.LOW);

        Ruling<Waiver> again = waivers.request(BEN, "w", request(DAY), WaiverTerms.LOW, NOW);

        assertThat(refused(again).cause()).isEqualTo(Cause.STALE);
        assertThat(waivers.find(ANA, "w").orElseThrow().requestedBy()).isEqualTo("ana");
    }

    @Test
    void makesTheSameIdOfTheSameRequestOnly() {
        String id = Waivers.idOf(ANA, request(DAY), NOW);

        assertThat(Waivers.idOf(ANA, request(DAY), NOW)).isEqualTo(id);
        assertThat(Set.of(
                        id,
                        Waivers.idOf(BEN, request(DAY), NOW),
                        Waivers.idOf(ANA, request(DAY), NOW.plusNanos(1)),
                        Waivers.idOf(ANA, request(DAY.plusDays(1)), NOW)))
                .hasSize(4);
    }

    @Test
    void rejectedAndRevokedAreTheEnd() {
        requested(WaiverTerms.LOW);
        Waiver rejected = done(waivers.reject(BEN, "w", 1, "fix it instead", NOW));

        assertThat(rejected.note()).isEqualTo("fix it instead");
        assertThat(refused(waivers.approve(BEN, "w", 2, WaiverTerms.LOW, NOW)).cause())
                .isEqualTo(Cause.STATE);
        assertThat(refused(waivers.revoke(BEN, "w", 2, "", NOW)).cause()).isEqualTo(Cause.STATE);
        assertThat(refused(waivers.extend(BEN, "w", 2, Optional.of(NOW.plus(DAY)), "r", WaiverTerms.LOW, NOW))
                        .cause())
                .isEqualTo(Cause.STATE);
    }

    @Test
    void revokingEndsItAtOnce() {
        approved(WaiverTerms.HIGH);

        Waiver revoked = done(waivers.revoke(ANA, "w", 2, "the copies stopped", NOW.plus(DAY)));

        assertThat(revoked.isActiveAt(NOW.plus(DAY))).isFalse();
        assertThat(revoked.hasExpiredAt(revoked.expiresAt())).isFalse();
        assertThat(revoked.decidedBy()).contains("ana");
    }

    @Test
    void staysInForceWhileItsExtensionWaits() {
        Waiver waiver = approved(WaiverTerms.HIGH);
        Instant later = waiver.expiresAt().plus(DAY);

        Waiver waiting = done(
                waivers.extend(ANA, "w", 2, Optional.of(later), "two more weeks", WaiverTerms.HIGH, NOW.plus(DAY)));
        Ruling<Waiver> own = waivers.approve(ANA, "w", 3, WaiverTerms.HIGH, NOW.plus(DAY));
        Waiver extended = done(waivers.approve(BEN, "w", 3, WaiverTerms.HIGH, NOW.plus(DAY)));

        assertThat(waiting.isActiveAt(NOW.plus(DAY))).isTrue();
        assertThat(waiting.expiresAt()).isEqualTo(waiver.expiresAt());
        assertThat(whats(own)).containsExactly("decidedBy");
        assertThat(extended.expiresAt()).isEqualTo(later);
        assertThat(extended.extension()).isEmpty();
        assertThat(extended.status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void aRejectedExtensionLeavesTheWaiverAsItWas() {
        Waiver waiver = approved(WaiverTerms.LOW);
        Instant later = waiver.expiresAt().plus(DAY);
        done(waivers.extend(ANA, "w", 2, Optional.of(later), "more", WaiverTerms.LOW, NOW.plus(DAY)));

        Waiver kept = done(waivers.reject(BEN, "w", 3, "no", NOW.plus(DAY)));

        assertThat(kept.status()).isEqualTo(Status.APPROVED);
        assertThat(kept.expiresAt()).isEqualTo(waiver.expiresAt());
        assertThat(kept.extension()).isEmpty();
    }

    @Test
    void anExtensionIsLaterThanTheExpiryAndWithinTheSameLimit() {
        Waiver waiver = approved(WaiverTerms.CRITICAL);

        Ruling<Waiver> sooner =
                waivers.extend(ANA, "w", 2, Optional.of(waiver.expiresAt()), "more", WaiverTerms.CRITICAL, NOW);
        Ruling<Waiver> tooLong =
                waivers.extend(ANA, "w", 2, Optional.of(NOW.plus(Duration.ofDays(31))), "more", WaiverTerms.LOW, NOW);
        Ruling<Waiver> unsaid = waivers.extend(ANA, "w", 2, Optional.empty(), " ", WaiverTerms.LOW, NOW);

        assertThat(whats(sooner)).containsExactly("expiresAt");
        assertThat(whats(tooLong)).containsExactly("expiresAt");
        assertThat(whats(unsaid)).containsExactly("reason", "expiresAt");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyApproversDecide(Role role) {
        Scope caller = Callers.caller("dan", role);
        boolean allowed = role == Role.WAIVER_APPROVER || role == Role.ADMIN;

        Ruling<Waiver> ruling = waivers.request(caller, "w", request(DAY), WaiverTerms.LOW, NOW);

        assertThat(ruling instanceof Ruling.Done).isEqualTo(allowed);
        if (!allowed) {
            assertThat(refused(ruling).cause()).isEqualTo(Cause.FORBIDDEN);
        }
    }

    @Test
    void anApproverOfSomeAccountsSeesAndDecidesOnlyTheirWaivers() {
        requested(WaiverTerms.LOW);
        WaiverRequest everywhere = new WaiverRequest(
                new Waiver.Subject(RESTORE, Optional.empty(), Optional.empty(), Optional.of(BUCKET)),
                "o",
                "r",
                Optional.of(Decision.ACCEPT),
                "",
                Optional.of(NOW.plus(DAY)));
        done(waivers.request(ANA, "all", everywhere, WaiverTerms.LOW, NOW));
        Scope own = Callers.of(ACCOUNT);
        Scope other = Callers.of(OTHER);

        assertThat(waivers.list(own)).extracting(Waiver::id).containsExactly("all", "w");
        assertThat(waivers.list(other)).extracting(Waiver::id).containsExactly("all");
        assertThat(waivers.find(other, "w")).isEmpty();
        assertThat(waivers.history(other, "w")).isEmpty();
        assertThat(refused(waivers.approve(other, "w", 1, WaiverTerms.LOW, NOW)).cause())
                .isEqualTo(Cause.NOT_FOUND);
        assertThat(refused(waivers.approve(own, "all", 1, WaiverTerms.LOW, NOW)).cause())
                .isEqualTo(Cause.FORBIDDEN);
        assertThat(refused(waivers.request(other, "x", request(DAY), WaiverTerms.LOW, NOW))
                        .cause())
                .isEqualTo(Cause.FORBIDDEN);
        assertThat(waivers.approve(own, "w", 1, WaiverTerms.LOW, NOW)).isInstanceOf(Ruling.Done.class);
    }

    @Test
    void doesNotMixTenants() {
        requested(WaiverTerms.LOW);
        Scope foreign = new Scope("other", Optional.empty(), Role.ADMIN, "eve");

        assertThat(waivers.list(foreign)).isEmpty();
        assertThat(refused(waivers.approve(foreign, "w", 1, WaiverTerms.LOW, NOW))
                        .cause())
                .isEqualTo(Cause.NOT_FOUND);
        assertThat(waivers.list(ANA)).hasSize(1);
    }

    @Test
    void refusesASubjectThatContradictsItself() {
        WaiverRequest plain = request(DAY);
        Waiver.Subject contradiction = new Waiver.Subject(
                RESTORE,
                Optional.of("aws|444455556666|eu-west-1|AWS::S3::Bucket|b"),
                Optional.of(ACCOUNT),
                Optional.empty());
        Waiver.Subject noResource =
                new Waiver.Subject(RESTORE, Optional.of("a bucket"), Optional.empty(), Optional.empty());

        assertThat(whats(waivers.request(ANA, "w", withSubject(plain, contradiction), WaiverTerms.LOW, NOW)))
                .containsExactly("subject.account");
        assertThat(whats(waivers.request(ANA, "w", withSubject(plain, noResource), WaiverTerms.LOW, NOW)))
                .containsExactly("subject.resource");
    }

    private static WaiverRequest withSubject(WaiverRequest plain, Waiver.Subject subject) {
        return new WaiverRequest(
                subject,
                plain.owner(),
                plain.reason(),
                plain.decision(),
                plain.compensatingControl(),
                plain.expiresAt());
    }

    @Test
    void historyHoldsEveryRevisionWithWhoWroteIt() {
        Waiver waiver = approved(WaiverTerms.LOW);
        done(waivers.extend(
                ANA, "w", 2, Optional.of(waiver.expiresAt().plus(DAY)), "more", WaiverTerms.LOW, NOW.plus(DAY)));
        done(waivers.revoke(BEN, "w", 3, "enough", NOW.plus(DAY)));

        assertThat(waivers.history(ANA, "w"))
                .extracting(Waiver::revision, Waiver::status)
                .containsExactly(
                        tuple(4L, Status.REVOKED),
                        tuple(3L, Status.APPROVED),
                        tuple(2L, Status.APPROVED),
                        tuple(1L, Status.REQUESTED));
        assertThat(store.revisions(ANA, Documents.Kind.WAIVER, "w"))
                .extracting(Documents.Document::by)
                .containsExactly("ben", "ana", "ben", "ana");
    }

    @Test
    void warnsAQuarterOfItsLifeBeforeButNoMoreThanAFortnight() {
        Waiver brief = approved(WaiverTerms.LOW);
        done(waivers.request(ANA, "long", request(Duration.ofDays(365)), WaiverTerms.LOW, NOW));
        Waiver lasting = done(waivers.approve(BEN, "long", 1, WaiverTerms.LOW, NOW));

        assertThat(Duration.between(brief.warnAt(), brief.expiresAt()))
                .isEqualTo(Duration.ofDays(19).dividedBy(4));
        assertThat(Duration.between(lasting.warnAt(), lasting.expiresAt())).isEqualTo(Duration.ofDays(14));
    }

    @Test
    void readsFromItsJsonWhatWasWritten() {
        Waiver waiver = approved(WaiverTerms.HIGH);
        Waiver waiting = done(waivers.extend(
                ANA, "w", 2, Optional.of(waiver.expiresAt().plus(DAY)), "more", WaiverTerms.HIGH, NOW.plus(DAY)));

        assertThat(WaiverJson.read(JsonReader.parse(WaiverJson.write(waiting).write())))
                .isEqualTo(waiting);
        assertThat(WaiverJson.write(waiting).at("extension").textAt("requestedBy", ""))
                .isEqualTo("ana");
    }

    @Test
    void refusesATextThatIsTooLong() {
        WaiverRequest plain = request(DAY);
        WaiverRequest wordy = new WaiverRequest(
                plain.subject(),
                plain.owner(),
                "r".repeat(Texts.LONGEST + 1),
                plain.decision(),
                plain.compensatingControl(),
                plain.expiresAt());

        assertThat(whats(waivers.request(ANA, "w", wordy, WaiverTerms.LOW, NOW)))
                .containsExactly("reason");
    }

    /** Such a waiver would cover nothing, and nobody would notice. */
    @ParameterizedTest
    @CsvSource({
        "AWS::S3::Bucket, AWS::S3::Bucket, true",
        "AWS::S3::Bucket, AWS::RDS::DBInstance, false",
        "AWS::ECS::Service, AWS::ECS::Service#fargate, true",
        "microsoft.web/sites, Microsoft.Web/sites#functionapp, true"
    })
    void refusesAResourceOfAnotherType(String own, String named, boolean taken) {
        WaiverRequest asked = request(Duration.ofDays(9));
        Waiver.Subject subject = new Waiver.Subject(
                asked.subject().control(),
                Optional.of("aws|111122223333|eu-west-1|" + own + "|x"),
                Optional.empty(),
                Optional.of(new ServiceType(named)));
        Ruling<Waiver> ruling = waivers.request(
                ANA,
                "w",
                new WaiverRequest(
                        subject,
                        asked.owner(),
                        asked.reason(),
                        asked.decision(),
                        asked.compensatingControl(),
                        asked.expiresAt()),
                WaiverTerms.HIGH,
                NOW);

        if (taken) {
            assertThat(Callers.done(ruling).subject()).isEqualTo(subject);
        } else {
            assertThat(Callers.refused(ruling).reasons())
                    .extracting(Ruling.Reason::what)
                    .containsExactly("subject.serviceType");
        }
    }
}
