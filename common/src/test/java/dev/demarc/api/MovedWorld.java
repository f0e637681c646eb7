package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.json.Json;
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
import dev.demarc.notify.Clockwork;
import dev.demarc.notify.Teller;
import dev.demarc.project.Projector;
import dev.demarc.project.Rebuild;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import dev.demarc.record.SweepEvidence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One vital bucket, the central account's work, and a clock that only the test moves. Everything that is learnt of it is learnt through the
 * API; the rest is what happens outside: observations, evidence, and the schedule of the clock-driven work.
 */
final class MovedWorld {
    static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    static final AccountId ACCOUNT = new AccountId(Provider.AWS, "111122223333");
    static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    static final ResourceId LEDGER =
            new ResourceId(ACCOUNT.provider(), ACCOUNT.account(), "eu-west-1", BUCKET.name(), "ledger");
    static final ControlId PUBLIC = new ControlId("IDN-03");
    static final ControlId RESTORE = new ControlId("DAT-06");

    static final Verdict PASS = new Verdict.Compliant(List.of("versioning"));
    static final Verdict FAIL = new Verdict.NonCompliant("versioning is off");
    static final Verdict UNSEEN = new Verdict.Unknown("versioning is missing from the resource");

    static final Scope ANA = caller("ana", Role.WAIVER_APPROVER);
    static final Scope BEN = caller("ben", Role.WAIVER_APPROVER);
    static final Scope EDI = caller("edi", Role.REGISTER_EDITOR);
    private static final Scope READER = caller("rea", Role.READER);
    private static final Scope ADMIN = caller("ada", Role.ADMIN);

    private Instant now = START;
    private final InMemoryStore store = new InMemoryStore();
    private final Catalogue catalogue = Catalogue.bundled();
    private final Projector projector = new Projector(store, () -> now);
    private final Teller teller = new Teller(store, store, catalogue);
    private final Clockwork clockwork = new Clockwork(store, store, catalogue);
    private final FindingsApi api =
            new FindingsApi(ApiParts.of(store, catalogue, scope -> Rebuild.within(store, scope), () -> now), () -> now);

    private static Scope caller(String subject, Role role) {
        return new Scope(Scope.MAIN, Optional.empty(), role, subject);
    }

    // ---- the clock ----

    Instant now() {
        return now;
    }

    /** Time goes by, and the schedule comes round twice: what is told is told once. */
    MovedWorld pass(Duration time) {
        return passUntil(now.plus(time));
    }

    MovedWorld passUntil(Instant moment) {
        now = moment;
        tick();
        tick();
        return this;
    }

    private void tick() {
        clockwork.tick(Scope.operator(Scope.MAIN), now);
    }

    // ---- what happens outside ----

    /** The bucket's configuration changes now, and the function in its account says so. */
    MovedWorld observe(Map<ControlId, Verdict> verdicts) {
        Labels labels = new Labels(Optional.of(Level.CRITICAL), Optional.of(Level.CRITICAL), Optional.of("blue"));
        store.record(new Observation(
                LEDGER,
                BUCKET,
                new Version(now, 0),
                Observation.State.LIVE,
                entry().revision(),
                labels,
                new TreeMap<>(verdicts)));
        return project();
    }

    MovedWorld heard() {
        store.putFeedEvidence(new FeedEvidence(ACCOUNT.provider(), ACCOUNT.account(), BUCKET, now));
        return project();
    }

    /** A sweep that began at the moment has ended now. */
    MovedWorld swept(Instant began, SweepEvidence.State state) {
        store.putSweepEvidence(
                new SweepEvidence(ACCOUNT.provider(), ACCOUNT.account(), BUCKET, began, now, state, 1, 1, 0, ""));
        return project();
    }

    MovedWorld alive() {
        return heard().swept(now, SweepEvidence.State.COMPLETE);
    }

    private MovedWorld project() {
        store.drain(change -> {
            projector.apply(change);
            teller.tell(change, now);
        });
        return this;
    }

    CatalogueEntry entry() {
        return catalogue.entry(BUCKET).orElseThrow();
    }

    // ---- the API ----

    ApiResponse ask(Scope scope, String line, String body, String... headers) {
        return api.handle(Asked.request(Optional.of(scope), line, body, headers));
    }

    /** The answer, which has the status. */
    ApiResponse ask(int status, Scope scope, String line, String body, String... headers) {
        ApiResponse answer = ask(scope, line, body, headers);
        assertThat(answer.status()).as(line + " " + answer.body()).isEqualTo(status);
        return answer;
    }

    Json read(String target) {
        return Estates.json(ask(200, READER, "GET " + target, ""));
    }

    static String tag(ApiResponse answer) {
        return "If-Match: " + answer.headers().getOrDefault("etag", "");
    }

    /** Of the bucket's findings the one of the control; an empty object when there is none. */
    Json finding(ControlId control) {
        List<Json> found = read("/v1/findings?control=" + control + "&resource=" + Asked.encoded(LEDGER.key()))
                .at("findings")
                .elements();
        assertThat(found).hasSizeLessThanOrEqualTo(1);
        return found.isEmpty() ? Json.object().build() : found.getFirst();
    }

    /** How many findings the query matches. */
    long count(String query) {
        return read("/v1/findings?pageSize=0&" + query).at("total").longAt("count", -1);
    }

    /** The bucket's row of the audit. */
    Json audit(ControlId control) {
        List<Json> rows = read("/v1/audit?control=" + control).at("rows").elements();
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    /** The category of the one pair of bucket and control. */
    String category(ControlId control) {
        Json counts = audit(control).at("categories");
        return counts.members().keySet().stream()
                .filter(name -> counts.longAt(name, 0) == 1)
                .findFirst()
                .orElse("");
    }

    String documented(ControlId control) {
        return audit(control).at("documented").textAt("answer", "");
    }

    /** The kinds of the notices that begin so, in the order of their times. */
    List<String> told(String kinds) {
        return notices(kinds).stream().map(one -> one.textAt("kind", "")).toList();
    }

    List<Json> notices(String kinds) {
        return read("/v1/notices?pageSize=500").at("notices").elements().stream()
                .filter(one -> one.textAt("kind", "").startsWith(kinds))
                .toList();
    }

    void subscribe() {
        ask(201, ADMIN, "POST /v1/webhooks", """
                {"url": "https://hooks.example.com/", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjU"}""");
    }

    /** Pushes an approved review of buckets; {@code members} are more members of its JSON object. */
    ApiResponse review(LocalDate expires, String members, String condition) {
        return ask(EDI, "PUT /v1/register", """
                {"entries": [{"service-type": "AWS::S3::Bucket", "owner": "storage", "reviewed-by": "A. Reviewer",
                 "reviewed-on": "2026-11-01", "expires-on": "%s", "approved": true%s}]}""".formatted(expires, members), condition);
    }

    MovedWorld reviewedUntil(LocalDate expires) {
        ApiResponse pushed = review(expires, "", "If-None-Match: *");
        assertThat(pushed.status()).as(pushed.body()).isEqualTo(201);
        return this;
    }

    MovedWorld reviewed() {
        return reviewedUntil(LocalDate.of(2027, 10, 1));
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
