package dev.demarc.api;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.govern.AttestationRequest;
import dev.demarc.govern.Attestations;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.govern.Ruling;
import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverRequest;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.govern.Waivers;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.notify.Clockwork;
import dev.demarc.notify.NoticeLog;
import dev.demarc.notify.Notices;
import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.WebhookRequest;
import dev.demarc.notify.Webhooks;
import dev.demarc.project.Projector;
import dev.demarc.project.Rebuild;
import dev.demarc.record.CentralStore;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import dev.demarc.record.StoreChange;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.Tenants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Three tenants with three accounts each, resources, decisions, evidence and quarantine, for tests of who sees what. Whatever belongs to an
 * account holds its number, whatever belongs to a tenant its name: an answer that holds a foreign one has leaked.
 */
public final class Estates {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final List<String> TENANTS = List.of("alphaorg", "betaorg", "gammaorg");
    public static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    private static final ControlId PUBLIC = new ControlId("IDN-03");
    private static final ControlId RESTORE = new ControlId("DAT-06");
    private static final ControlId AT_REST = new ControlId("DAT-01");

    private final InMemoryStore store = new InMemoryStore(Tenants.of(tenants(), Scope.MAIN));
    private final Catalogue catalogue = Catalogue.bundled();

    public Estates() {
        TENANTS.forEach(this::fill);
    }

    private static Map<AccountId, String> tenants() {
        Map<AccountId, String> tenants = new HashMap<>();
        TENANTS.forEach(tenant -> accounts(tenant).forEach(account -> tenants.put(account, tenant)));
        return tenants;
    }

    /** The accounts of a tenant: {@code aws#700000000101} and so on. */
    public static List<AccountId> accounts(String tenant) {
        int number = TENANTS.indexOf(tenant) + 1;
        List<AccountId> accounts = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            accounts.add(new AccountId(Provider.AWS, "7000000" + "%02d%03d".formatted(number * 11, i)));
        }
        return accounts;
    }

    /** What an answer to the scope must not hold: numbers of accounts and names of tenants that it does not cover. */
    public static List<String> foreign(Scope scope) {
        List<String> markers = new ArrayList<>();
        for (String tenant : TENANTS) {
            if (!tenant.equals(scope.tenant())) {
                markers.add(tenant);
            }
            accounts(tenant).stream()
                    .filter(account -> !scope.covers(tenant, account))
                    .map(AccountId::account)
                    .forEach(markers::add);
        }
        return markers;
    }

    public CentralStore store() {
        return store;
    }

    public static ResourceId bucket(AccountId account, int number) {
        return new ResourceId(
                account.provider(),
                account.account(),
                "eu-west-1",
                BUCKET.name(),
                "b" + number + "-" + account.account());
    }

    /** The id of a waiver that is about one account. */
    public static String waiver(AccountId account) {
        return "w-" + account.account();
    }

    public static String attestation(AccountId account) {
        return "a-" + account.account();
    }

    public static String webhook(String tenant) {
        return "hook-of-" + tenant;
    }

    /** A scope of the role; for an account reader the first account of the tenant. */
    public static Scope scope(String tenant, Role role) {
        Optional<Set<AccountId>> some = role == Role.ACCOUNT_READER
                ? Optional.of(Set.of(accounts(tenant).getFirst()))
                : Optional.empty();
        return new Scope(tenant, some, role, role.word() + "@" + tenant);
    }

    private void fill(String tenant) {
        Scope admin = scope(tenant, Role.ADMIN);
        register(admin);
        done(new Webhooks(store, TargetCheck.strict())
                .subscribe(
                        admin,
                        webhook(tenant),
                        new WebhookRequest(
                                "https://" + tenant + ".example.com/",
                                Set.of(),
                                "LOW",
                                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjU"),
                        NOW));
        for (AccountId account : accounts(tenant)) {
            for (int i = 0; i < 3; i++) {
                observe(
                        account,
                        i,
                        NOW.minus(Duration.ofDays(3)),
                        new Verdict.NonCompliant("off in " + account.account()));
            }
            observe(account, 0, NOW.minus(Duration.ofDays(2)), new Verdict.Compliant(List.of("versioning")));
            store.putFeedEvidence(new FeedEvidence(account.provider(), account.account(), BUCKET, NOW));
            store.putSweepEvidence(new SweepEvidence(
                    account.provider(),
                    account.account(),
                    BUCKET,
                    NOW.minus(Duration.ofDays(4)),
                    NOW.minus(Duration.ofDays(4)),
                    SweepEvidence.State.COMPLETE,
                    3,
                    3,
                    0,
                    "swept " + account.account()));
            store.quarantine(
                    Optional.of(account),
                    "queue-" + account.account(),
                    account.account().getBytes(StandardCharsets.UTF_8),
                    "no JSON",
                    NOW);
            decide(admin, account);
        }
        Projector projector = new Projector(store);
        NoticeLog log = new NoticeLog(store);
        store.drain(change -> {
            projector.apply(change);
            if (change instanceof StoreChange.HistoryAdded(String ignored, HistoryEntry entry, Instant recordedAt)) {
                log.write(Scope.operator(entry.tenant()), Notices.of(entry, recordedAt, id -> Optional.empty()), NOW);
            }
        });
        new Clockwork(store, store, catalogue).tick(Scope.operator(tenant), NOW);
    }

    /** Projects what was recorded since. */
    public void project() {
        store.drain(new Projector(store)::apply);
    }

    private void observe(AccountId account, int number, Instant at, Verdict restore) {
        TreeMap<ControlId, Verdict> verdicts = new TreeMap<>(Map.of(
                RESTORE,
                restore,
                PUBLIC,
                number == 1 ? new Verdict.NonCompliant("public") : new Verdict.Compliant(List.of("acl")),
                AT_REST,
                new Verdict.Unknown("encryption is missing from the resource")));
        store.record(new Observation(
                bucket(account, number),
                BUCKET,
                new Version(at, 1),
                Observation.State.LIVE,
                catalogue.entry(BUCKET).map(CatalogueEntry::revision).orElseThrow(),
                new Labels(
                        Optional.of(Labels.Level.MEDIUM),
                        Optional.of(Labels.Level.LOW),
                        Optional.of("owner-" + account.account())),
                verdicts));
    }

    private void register(Scope admin) {
        String json = """
                {"entries": [{"service-type": "AWS::S3::Bucket", "owner": "team-%s", "reviewed-by": "x",
                "reviewed-on": "2026-10-01", "expires-on": "2027-10-01", "approved": true}]}""".formatted(admin.tenant());
        done(new RegisterVersions(store).push(admin, JsonReader.parse(json), 0, NOW));
    }

    private void decide(Scope admin, AccountId account) {
        Waiver.Subject subject =
                new Waiver.Subject(RESTORE, Optional.empty(), Optional.of(account), Optional.of(BUCKET));
        done(new Waivers(store)
                .request(
                        admin,
                        waiver(account),
                        new WaiverRequest(
                                subject,
                                "team-" + account.account(),
                                "because of " + account.account(),
                                Optional.of(Waiver.Decision.ACCEPT),
                                "watched",
                                Optional.of(NOW.plus(Duration.ofDays(20)))),
                        WaiverTerms.CRITICAL,
                        NOW));
        done(new Attestations(store, catalogue)
                .attest(
                        admin,
                        attestation(account),
                        new AttestationRequest(
                                BUCKET,
                                attestable(),
                                Optional.of(account),
                                "seen in " + account.account(),
                                "ticket " + account.account(),
                                Optional.of(NOW.plus(Duration.ofDays(100)))),
                        NOW));
    }

    /** A control of buckets that configuration does not decide. */
    public ControlId attestable() {
        return catalogue.entry(BUCKET).orElseThrow().responsibilities().stream()
                .filter(row -> row.decision() instanceof dev.demarc.catalogue.Responsibility.Decision.ByAttestation)
                .findFirst()
                .orElseThrow()
                .control();
    }

    private static <T> void done(Ruling<T> ruling) {
        if (ruling instanceof Ruling.Refused<T> refused) {
            throw new IllegalStateException("the test estate breaks a rule: " + refused);
        }
    }

    /** The parts of an API over this estate. */
    public ApiParts parts() {
        return ApiParts.of(store, catalogue, scope -> Rebuild.within(store, scope), () -> NOW);
    }

    static Json json(ApiResponse response) {
        return JsonReader.parse(response.body());
    }
}
