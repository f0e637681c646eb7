package dev.demarc.api;

import static dev.demarc.api.MovedWorld.ANA;
import static dev.demarc.api.MovedWorld.BEN;
import static dev.demarc.api.MovedWorld.FAIL;
import static dev.demarc.api.MovedWorld.LEDGER;
import static dev.demarc.api.MovedWorld.PASS;
import static dev.demarc.api.MovedWorld.PUBLIC;
import static dev.demarc.api.MovedWorld.RESTORE;
import static dev.demarc.api.MovedWorld.START;
import static dev.demarc.api.MovedWorld.UNSEEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Responsibility;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.record.SweepEvidence.State;
import dev.demarc.register.Register;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What changes because time goes by, from end to end through the API: nobody does anything but what the outside does, and the clock moves. */
class MovedClockTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final MovedWorld world = new MovedWorld();

    // ---- waivers ----

    private static final Instant UNTIL = START.plus(Duration.ofDays(40));

    private static String request(Instant until) {
        return """
                {"subject": {"control": "DAT-06", "resource": "%s"}, "owner": "blue", "reason": "is being replaced",
                 "decision": "FIX_LATER", "compensatingControl": "nightly copies", "expiresAt": "%s"}""".formatted(LEDGER.key(), until);
    }

    /** Asked for by one and approved by another an hour later; answers the path. */
    private String waive() {
        ApiResponse requested = world.ask(201, ANA, "POST /v1/waivers", request(UNTIL));
        String waiver = requested.headers().getOrDefault("location", "");
        world.pass(HOUR);
        world.ask(200, BEN, "POST " + waiver + "/approve", "", MovedWorld.tag(requested));
        return waiver;
    }

    @Test
    void waivesWhenAnotherApprovesAndNotBefore() {
        world.observe(Map.of(RESTORE, FAIL)).reviewed();
        ApiResponse requested = world.ask(201, ANA, "POST /v1/waivers", request(UNTIL));
        String approve = "POST " + requested.headers().get("location") + "/approve";

        assertThat(world.finding(RESTORE).at("priority").textAt("band", "")).isEqualTo("HIGH");
        world.ask(422, ANA, approve, "", MovedWorld.tag(requested));
        assertThat(world.count("waived=true")).isZero();
        world.ask(200, BEN, approve, "", MovedWorld.tag(requested));
        assertThat(world.count("waived=true")).isOne();
        Json waiver = world.finding(RESTORE).at("waiver");
        assertThat(waiver.textAt("owner", "")).isEqualTo("blue");
        assertThat(waiver.textAt("until", "")).isEqualTo(UNTIL.toString());
    }

    @Test
    void opensAWaivedFindingAgainOnTheDayAndTellsBeforeAndThen() {
        world.observe(Map.of(RESTORE, FAIL)).reviewed();
        waive();
        List<Long> waived = new ArrayList<>();
        List<Long> open = new ArrayList<>();
        for (int day = 1; day <= 42; day++) {
            world.pass(DAY);
            waived.add(world.count("control=DAT-06&waived=true"));
            open.add(world.count("control=DAT-06&waived=false"));
        }

        assertThat(waived.subList(0, 39)).containsOnly(1L);
        assertThat(waived.subList(39, 42)).containsOnly(0L);
        assertThat(open.subList(0, 39)).containsOnly(0L);
        assertThat(open.subList(39, 42)).containsOnly(1L);
        assertThat(world.finding(RESTORE).at("waiver").isNull()).isTrue();
        assertThat(world.told("waiver"))
                .containsExactly("waiver.requested", "waiver.approved", "waiver.expiring", "waiver.expired");
        // Warned when a quarter of the time since the approval is left.
        assertThat(world.notices("waiver").get(2).textAt("at", ""))
                .isEqualTo(UNTIL.minus(Duration.between(START.plus(HOUR), UNTIL).dividedBy(4))
                        .toString());
        assertThat(world.notices("waiver").get(3).textAt("at", "")).isEqualTo(UNTIL.toString());
    }

    /** Decided for HIGH. The bucket opens to everyone, so the gap is CRITICAL; then it closes again. */
    @Test
    void opensAWaivedFindingThatBecomesMoreUrgentAndCoversItAgainWhenItIsNot() {
        world.observe(Map.of(RESTORE, FAIL, PUBLIC, PASS)).reviewed();
        String waiver = waive();
        world.pass(HOUR);
        assertThat(world.count("control=DAT-06&waived=true")).isOne();
        assertThat(world.told("waiver")).containsExactly("waiver.requested", "waiver.approved");

        world.observe(Map.of(RESTORE, FAIL, PUBLIC, FAIL)).pass(HOUR).pass(HOUR);

        assertThat(world.finding(RESTORE).at("priority").textAt("band", "")).isEqualTo("CRITICAL");
        assertThat(world.count("control=DAT-06&waived=true")).isZero();
        assertThat(world.told("waiver")).containsExactly("waiver.requested", "waiver.approved", "waiver.outgrown");
        Json notice = world.notices("waiver").getLast();
        assertThat("/v1/waivers/" + notice.at("details").textAt("waiver", "")).isEqualTo(waiver);
        assertThat(notice.at("details").textAt("band", "")).isEqualTo("HIGH");
        assertThat(notice.at("details").textAt("reached", "")).isEqualTo("CRITICAL");

        world.observe(Map.of(RESTORE, FAIL, PUBLIC, PASS)).pass(HOUR).pass(HOUR);

        assertThat(world.count("control=DAT-06&waived=true")).isOne();
        assertThat(world.told("waiver"))
                .containsExactly("waiver.requested", "waiver.approved", "waiver.outgrown", "waiver.restored");
    }

    @Test
    void restoresNoWaiverThatEndedWhileItWasOutgrown() {
        world.observe(Map.of(RESTORE, FAIL, PUBLIC, PASS)).reviewed();
        String waiver = waive();
        world.observe(Map.of(RESTORE, FAIL, PUBLIC, FAIL)).pass(HOUR);
        String tag = MovedWorld.tag(world.ask(200, ANA, "GET " + waiver, ""));
        world.ask(200, ANA, "POST " + waiver + "/revoke", "{\"note\": \"too dangerous now\"}", tag);
        world.pass(HOUR);

        world.observe(Map.of(RESTORE, FAIL, PUBLIC, PASS)).pass(HOUR);

        assertThat(world.count("control=DAT-06&waived=true")).isZero();
        assertThat(world.told("waiver"))
                .containsExactly("waiver.requested", "waiver.approved", "waiver.outgrown", "waiver.revoked");
    }

    @Test
    void changesNothingAboutAWaiverWhileTheClockStands() {
        world.observe(Map.of(RESTORE, FAIL)).reviewed();
        waive();
        for (int i = 0; i < 42; i++) {
            world.pass(Duration.ZERO);
        }

        assertThat(world.count("waived=true")).isOne();
        assertThat(world.told("waiver")).containsExactly("waiver.requested", "waiver.approved");
    }

    @Test
    void goesOnJudgingWhatIsWaived() {
        world.subscribe();
        world.observe(Map.of(RESTORE, UNSEEN)).reviewed();
        waive();
        world.pass(HOUR);
        Json before = world.finding(RESTORE);
        world.observe(Map.of(RESTORE, FAIL));
        Json worse = world.finding(RESTORE);
        world.pass(HOUR).observe(Map.of(RESTORE, PASS));
        Json fixed = world.finding(RESTORE);

        assertThat(List.of(before, worse, fixed))
                .allSatisfy(one -> assertThat(one.at("waiver").isNull()).isFalse())
                .extracting(one -> one.textAt("verdict", ""))
                .containsExactly("UNKNOWN", "NON_COMPLIANT", "COMPLIANT");
        assertThat(world.told("finding")).contains("finding.worsened", "finding.fixed");
    }

    @Test
    void keepsTheWholeHistoryOfAWaiverAndRevivesNoneThatExpired() {
        world.observe(Map.of(RESTORE, FAIL)).reviewed();
        String waiver = waive();
        world.pass(DAY);
        Instant later = UNTIL.plus(Duration.ofDays(20));
        String longer = "{\"expiresAt\": \"%s\", \"reason\": \"the move is late\"}".formatted(later);
        ApiResponse asked = world.ask(
                200,
                ANA,
                "POST " + waiver + "/extend",
                longer,
                MovedWorld.tag(world.ask(200, ANA, "GET " + waiver, "")));
        world.pass(HOUR);
        world.ask(200, BEN, "POST " + waiver + "/approve", "", MovedWorld.tag(asked));
        world.passUntil(UNTIL);
        assertThat(world.count("waived=true")).isOne();
        world.passUntil(later.minus(DAY));
        world.passUntil(later);

        assertThat(world.count("waived=true")).isZero();
        String tag = MovedWorld.tag(world.ask(200, ANA, "GET " + waiver, ""));
        world.ask(409, ANA, "POST " + waiver + "/extend", longer, tag);
        List<Json> revisions = world.read(waiver + "/history").at("revisions").elements();
        assertThat(revisions).extracting(one -> one.longAt("revision", 0)).containsExactly(4L, 3L, 2L, 1L);
        assertThat(revisions)
                .extracting(one -> one.textAt("status", ""))
                .containsExactly("APPROVED", "APPROVED", "APPROVED", "REQUESTED");
        assertThat(revisions)
                .extracting(one -> one.textAt("expiresAt", ""))
                .containsExactly(later.toString(), UNTIL.toString(), UNTIL.toString(), UNTIL.toString());
        assertThat(revisions.getFirst().textAt("requestedBy", "")).isEqualTo("ana");
        assertThat(revisions.getFirst().textAt("decidedBy", "")).isEqualTo("ben");
        assertThat(world.told("waiver"))
                .containsExactly(
                        "waiver.requested",
                        "waiver.approved",
                        "waiver.requested",
                        "waiver.approved",
                        "waiver.expiring",
                        "waiver.expired");
    }

    // ---- the register ----

    @Test
    void asksForAReviewAgainWhenItHasExpiredUntilItIsRenewed() {
        LocalDate last = LocalDate.of(2026, 11, 26);
        world.observe(Map.of(PUBLIC, PASS)).reviewedUntil(last).alive();
        world.passUntil(Instant.parse("2026-11-26T23:59:59Z")).alive();
        assertThat(world.documented(PUBLIC)).isEqualTo("YES");
        assertThat(world.category(PUBLIC)).isEqualTo("CORRECT");
        assertThat(world.count("question=DOCUMENTED")).isZero();

        world.pass(Duration.ofSeconds(1));

        assertThat(world.documented(PUBLIC)).isEqualTo("NO");
        assertThat(world.category(PUBLIC)).isEqualTo("REMEDIATE");
        Json finding = world.read("/v1/findings?question=DOCUMENTED")
                .at("findings")
                .elements()
                .getFirst();
        assertThat(finding.textAt("subject", "")).isEqualTo("SERVICE_TYPE");
        assertThat(finding.textAt("category", "")).isEqualTo("REMEDIATE");
        assertThat(finding.textAt("reason", "")).contains("expired on 2026-11-26");
        assertThat(world.told("register")).containsExactly("register.stale");

        ApiResponse stored = world.ask(200, ANA, "GET /v1/register", "");
        assertThat(world.review(last.plusYears(1), "", "If-Match: \"another\"").status())
                .isEqualTo(412);
        assertThat(world.documented(PUBLIC)).isEqualTo("NO");
        assertThat(world.review(last.plusYears(1), "", MovedWorld.tag(stored)).status())
                .isEqualTo(200);
        world.pass(HOUR);

        assertThat(world.documented(PUBLIC)).isEqualTo("YES");
        assertThat(world.category(PUBLIC)).isEqualTo("CORRECT");
        assertThat(world.count("question=DOCUMENTED")).isZero();
        assertThat(world.told("register")).containsExactly("register.stale", "register.renewed");
        assertThat(world.read("/v1/register/versions").at("versions").elements())
                .hasSize(2);
    }

    /** A review whose rows are those of the catalogue, but for the control's when {@code changed} has one. */
    private String rows(String changed) {
        Json.Builder rows = Json.object();
        world.entry().rowRevisions().forEach((control, revision) -> {
            boolean other = control.value().equals(changed);
            rows.with(control.value(), other ? "0123456789ab" : revision);
        });
        return ", \"catalogue-revision\": \"0123456789ab\", \"row-revisions\": "
                + rows.build().write();
    }

    @Test
    void asksAgainOnlyForTheControlWhoseRowChangedSinceTheReview() {
        LocalDate expires = LocalDate.of(2027, 10, 1);
        world.observe(Map.of(PUBLIC, PASS, RESTORE, PASS)).alive();
        ApiResponse first = world.review(expires, rows(""), "If-None-Match: *");
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        world.pass(HOUR);
        // Control: a review at another revision of the whole, whose rows are all the same, stays one.
        assertThat(world.count("question=DOCUMENTED")).isZero();
        assertThat(world.told("register")).isEmpty();

        world.review(expires, rows("IDN-03"), MovedWorld.tag(first));
        world.pass(HOUR);

        assertThat(world.documented(PUBLIC)).isEqualTo("NO");
        assertThat(world.category(PUBLIC)).isEqualTo("REMEDIATE");
        assertThat(world.documented(RESTORE)).isEqualTo("YES");
        assertThat(world.category(RESTORE)).isEqualTo("CORRECT");
        assertThat(world.read("/v1/findings?question=DOCUMENTED").at("findings").elements())
                .extracting(one -> one.textAt("control", ""))
                .containsExactly("IDN-03");
        Json notice = world.notices("register").getFirst();
        assertThat(notice.textAt("kind", "")).isEqualTo("register.stale");
        assertThat(notice.at("details").at("controls").write()).isEqualTo("[\"IDN-03\"]");
    }

    // ---- validation ----

    @Test
    void asksForValidationWhenEvidenceLapsesUntilThereIsSomeOfBothKindsAgain() {
        Register.Windows windows = Register.Windows.DEFAULT;
        world.observe(Map.of(PUBLIC, PASS)).reviewed().alive().pass(Duration.ZERO);
        Instant lapse = START.plus(windows.sweep());
        world.passUntil(lapse);
        assertThat(world.category(PUBLIC)).isEqualTo("CORRECT");
        assertThat(world.count("control=MCC-06")).isZero();

        world.pass(Duration.ofSeconds(1));

        assertThat(world.category(PUBLIC)).isEqualTo("ADD_VALIDATION");
        assertThat(world.audit(PUBLIC).at("validated").textAt("answer", "")).isEqualTo("NO");
        Json finding = lapsed();
        assertThat(finding.textAt("question", "")).isEqualTo("VALIDATED");
        assertThat(finding.textAt("subject", "")).isEqualTo("SERVICE_TYPE_IN_ACCOUNT");
        assertThat(finding.textAt("category", "")).isEqualTo("ADD_VALIDATION");
        assertThat(finding.textAt("lapsedAt", "")).isEqualTo(lapse.toString());
        assertThat(world.told("validation")).containsExactly("validation.lapsed");

        // The feed falls silent as well; an event alone brings back one half of the evidence.
        world.passUntil(START.plus(windows.event()).plus(DAY));
        assertThat(lapsed().textAt("reason", "")).contains("silent").contains("sweep");
        world.heard().pass(HOUR);
        assertThat(lapsed().textAt("reason", "")).doesNotContain("silent").contains("sweep");
        assertThat(world.category(PUBLIC)).isEqualTo("ADD_VALIDATION");
        world.swept(world.now(), State.COMPLETE).pass(HOUR);

        assertThat(world.category(PUBLIC)).isEqualTo("CORRECT");
        assertThat(world.count("control=MCC-06")).isZero();
        assertThat(world.told("validation")).containsExactly("validation.lapsed", "validation.restored");
        assertThat(world.notices("validation").getFirst().at("details").textAt("since", ""))
                .isEqualTo(lapse.toString());
    }

    private Json lapsed() {
        return world.read("/v1/findings?control=MCC-06")
                .at("findings")
                .elements()
                .getFirst();
    }

    // ---- fixes ----

    @Test
    void takesAFixForCorrectOnlyAfterASweepThatBeganLaterAndCompleted() {
        world.subscribe();
        world.reviewed().alive().observe(Map.of(RESTORE, FAIL));
        assertThat(world.finding(RESTORE).textAt("category", "")).isEqualTo("REMEDIATE");
        assertThat(world.category(RESTORE)).isEqualTo("REMEDIATE");

        world.pass(HOUR).observe(Map.of(RESTORE, PASS));
        Instant fixed = world.now();
        assertFixed(fixed);
        world.pass(HOUR).swept(fixed.minusSeconds(1), State.COMPLETE);
        assertFixed(fixed);
        world.pass(HOUR).swept(fixed.plusSeconds(1), State.INCOMPLETE);
        assertFixed(fixed);
        world.pass(HOUR).swept(world.now(), State.UNDER_WAY);
        assertFixed(fixed);
        world.pass(HOUR).swept(world.now().minusSeconds(60), State.COMPLETE);

        assertThat(world.finding(RESTORE).isObject()).isTrue();
        assertThat(world.finding(RESTORE).members()).isEmpty();
        assertThat(world.category(RESTORE)).isEqualTo("CORRECT");

        world.pass(HOUR).observe(Map.of(RESTORE, FAIL));

        assertThat(world.finding(RESTORE).textAt("since", ""))
                .isEqualTo(world.now().toString());
        assertThat(world.category(RESTORE)).isEqualTo("REMEDIATE");
        assertThat(world.told("finding").stream()
                        .filter(kind -> !kind.equals("finding.worsened"))
                        .toList())
                .containsExactly("finding.opened", "finding.fixed", "finding.closed", "finding.opened");
        assertThat(steps()).containsExactly("OPENED", "CLOSED", "FIXED", "OPENED");
    }

    private void assertFixed(Instant fixed) {
        Json finding = world.finding(RESTORE);
        assertThat(finding.textAt("question", "")).isEqualTo("VALIDATED");
        assertThat(finding.textAt("category", "")).isEqualTo("ADD_VALIDATION");
        assertThat(finding.textAt("verdict", "")).isEqualTo("COMPLIANT");
        assertThat(finding.textAt("since", "")).isEqualTo(fixed.toString());
        assertThat(world.category(RESTORE)).isEqualTo("ADD_VALIDATION");
    }

    /** What happened to the control in the resource's history, the newest first. */
    private List<String> steps() {
        return world.read("/v1/resources/" + Asked.encoded(LEDGER.key()) + "/history").at("history").elements().stream()
                .flatMap(step -> step.at("changes").elements().stream())
                .filter(change -> change.textAt("control", "").equals(RESTORE.value()))
                .map(change -> change.textAt("kind", ""))
                .toList();
    }

    // ---- attestations ----

    @Test
    void countsAnAttestationUntilItExpiresAndNeverAsValidated() {
        ControlId copies = world.entry().responsibilities().stream()
                .filter(row -> row.decision() instanceof Responsibility.Decision.ByAttestation)
                .findFirst()
                .orElseThrow()
                .control();
        Instant until = START.plus(Duration.ofDays(40));
        world.observe(Map.of(PUBLIC, PASS)).reviewed().alive();
        assertThat(ofType(copies).textAt("verdict", "")).isEqualTo("UNKNOWN");

        world.ask(201, BEN, "POST /v1/attestations", """
                {"serviceType": "AWS::S3::Bucket", "control": "%s", "statement": "only our own accounts",
                 "evidence": "ticket 7", "expiresAt": "%s"}""".formatted(copies, until));

        for (int day = 1; day < 40; day++) {
            world.pass(DAY).alive();
            assertThat(ofType(copies).textAt("question", "")).isEqualTo("VALIDATED");
            assertThat(world.category(copies)).isEqualTo("ADD_VALIDATION");
            assertThat(world.audit(copies).at("implemented").longAt("attested", 0))
                    .isOne();
        }
        world.passUntil(until).alive();

        Json expired = ofType(copies);
        assertThat(expired.textAt("question", "")).isEqualTo("IMPLEMENTED");
        assertThat(expired.textAt("verdict", "")).isEqualTo("UNKNOWN");
        assertThat(expired.textAt("reason", "")).contains("expired at " + until);
        assertThat(world.category(copies)).isEqualTo("REMEDIATE");
        world.pass(DAY);
        assertThat(world.told("attestation")).containsExactly("attestation.expiring", "attestation.expired");
        assertThat(world.notices("attestation").get(1).textAt("at", "")).isEqualTo(until.toString());
    }

    private Json ofType(ControlId control) {
        List<Json> findings =
                world.read("/v1/findings?control=" + control).at("findings").elements();
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }
}
