package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.notify.Trend;
import dev.demarc.query.AccountCoverage;
import dev.demarc.query.Audit;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.FindingTotals;
import dev.demarc.query.Parity;
import dev.demarc.query.Posture;
import dev.demarc.query.Transition;
import dev.demarc.query.TypeInUse;
import dev.demarc.record.Documents;
import dev.demarc.record.SweepEvidence;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The audit, the service types in use, how well accounts are covered, and the trend. */
final class PostureOperations {
    private static final int USUAL_DAYS = 90;
    private static final int MOST_DAYS = 1_100;

    private final Postures postures;
    private final Documents documents;
    private final Listing listing;

    PostureOperations(Postures postures, Documents documents, Listing listing) {
        this.postures = postures;
        this.documents = documents;
        this.listing = listing;
    }

    List<Operation> all() {
        return List.of(
                Operation.read("readAudit", "/v1/audit", Operation.EVERYONE, Filters.AUDIT, this::audit),
                Operation.read(
                        "listServiceTypes", "/v1/service-types", Operation.EVERYONE, List.of(), this::serviceTypes),
                Operation.read(
                        "listAccounts",
                        "/v1/accounts",
                        Operation.EVERYONE,
                        List.of(
                                Parameter.words("provider", "aws", "azure", "gcp"),
                                Parameter.text("account"),
                                Listing.SIZE,
                                Listing.TOKEN),
                        this::accounts),
                Operation.read(
                        "readParity",
                        "/v1/parity",
                        Operation.EVERYONE,
                        List.of(Parameter.text("class").once()),
                        this::parity),
                Operation.read(
                        "listTransitions",
                        "/v1/transitions",
                        Operation.EVERYONE,
                        List.of(Parameter.names("state", Transition.State.class), Parameter.text("workload")),
                        this::transitions),
                Operation.read(
                                "readTrend",
                                "/v1/trend",
                                Operation.TENANT,
                                List.of(Parameter.day("from"), Parameter.day("to")),
                                this::trend)
                        .wholeTenant());
    }

    private ApiResponse audit(Call call) {
        FindingFilter filter = Filters.read(call.parameters());
        Posture posture = postures.of(call);
        Audit audit = posture.audit(filter);
        FindingTotals findings = FindingTotals.of(posture, filter);
        // The time of the answer is in it; what the tag names is the rest.
        String tag = EntityTags.of(
                call.caller(),
                ApiResponse.JSON,
                new Audit(Instant.EPOCH, audit.rows()).json(findings).write());
        return ApiResponse.json(audit.json(findings)).with("etag", "W/" + tag);
    }

    private ApiResponse parity(Call call) {
        Optional<String> wanted = call.parameters().set("class").stream().findFirst();
        List<Json> classes =
                postures.of(call).parity(wanted).stream().map(Parity::json).toList();
        if (wanted.isPresent() && classes.isEmpty()) {
            throw Refusal.mistakes(
                    Problem.Kind.BAD_PARAMETER,
                    List.of(new Problem.Mistake("query", "/class", "the catalogue has no such class")));
        }
        return ApiResponse.json(
                Json.object().with("classes", Json.array(classes)).build());
    }

    private ApiResponse transitions(Call call) {
        Set<Transition.State> states = call.parameters().set("state", Transition.State::valueOf);
        Set<String> workloads = call.parameters().set("workload");
        List<Json> transitions = postures.transitions(call).stream()
                .filter(one -> states.isEmpty() || states.contains(one.state()))
                .filter(one -> workloads.isEmpty() || workloads.contains(one.workload()))
                .map(Transition::json)
                .toList();
        return ApiResponse.json(Json.object()
                .with("transitions", Json.array(transitions))
                .with("resourcesWithoutWorkload", postures.of(call).withoutWorkload())
                .build());
    }

    private ApiResponse trend(Call call) {
        LocalDate to = call.parameters().day("to").orElse(LocalDate.ofInstant(call.now(), ZoneOffset.UTC));
        LocalDate from = call.parameters().day("from").orElse(to.minusDays(USUAL_DAYS));
        if (from.isAfter(to) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw Refusal.mistakes(
                    Problem.Kind.BAD_PARAMETER,
                    List.of(new Problem.Mistake(
                            "query", "/from", "'from' is before 'to' and at most " + MOST_DAYS + " days earlier")));
        }
        return ApiResponse.json(Trend.read(documents, call.scope(), from, to).json());
    }

    private ApiResponse serviceTypes(Call call) {
        List<Json> types = postures.of(call).serviceTypesInUse().stream()
                .map(PostureOperations::json)
                .toList();
        return ApiResponse.json(
                Json.object().with("serviceTypes", Json.array(types)).build());
    }

    private static Json json(TypeInUse one) {
        return Json.object()
                .with("serviceType", one.serviceType().name())
                .with("provider", one.provider().word())
                .with("class", one.serviceClass())
                .with("tier", one.tier())
                .with("name", one.name())
                .with("catalogued", one.catalogueRevision().isPresent())
                .with("catalogueRevision", one.catalogueRevision())
                .with("documented", one.documented().isYes())
                .with("reason", Optional.of(one.documented().reason()).filter(text -> !text.isEmpty()))
                .with("accounts", one.accounts())
                .with("resources", one.resources())
                .build();
    }

    private ApiResponse accounts(Call call) {
        Set<String> providers = call.parameters().set("provider");
        Set<String> accounts = call.parameters().set("account");
        String after = listing.position(call).orElse("");
        List<AccountCoverage> page = postures.of(call).accounts().stream()
                .filter(one -> providers.isEmpty()
                        || providers.contains(one.account().provider().word()))
                .filter(one ->
                        accounts.isEmpty() || accounts.contains(one.account().account()))
                .filter(one -> one.account().key().compareTo(after) > 0)
                .sorted(Comparator.comparing(AccountCoverage::account))
                .limit(Listing.size(call) + 1L)
                .toList();
        return listing.page(
                call,
                "accounts",
                page,
                PostureOperations::json,
                one -> one.account().key());
    }

    private static Json json(AccountCoverage one) {
        return Json.object()
                .with("provider", one.account().provider().word())
                .with("account", one.account().account())
                .with(
                        "serviceTypes",
                        Json.array(one.types().stream()
                                .map(PostureOperations::json)
                                .toList()))
                .build();
    }

    private static Json json(AccountCoverage.OfType type) {
        return Json.object()
                .with("serviceType", type.serviceType().name())
                .with("resources", type.resources())
                .with("lastEventAt", type.lastEventAt().map(Instant::toString))
                .withPresent("lastSweep", type.lastSweep().map(PostureOperations::json))
                .withPresent("sweepUnderWay", type.sweepUnderWay().map(PostureOperations::json))
                .with("validated", type.gap().isEmpty())
                .with("gap", type.gap())
                .with("gapSince", type.gapSince().map(Instant::toString))
                .build();
    }

    private static Json json(SweepEvidence sweep) {
        return Json.object()
                .with("startedAt", sweep.startedAt().toString())
                .with("finishedAt", sweep.finishedAt().toString())
                .with("state", sweep.state().name())
                .with("discovered", sweep.discovered())
                .with("evaluated", sweep.evaluated())
                .with("failed", sweep.failed())
                .with("note", Optional.of(sweep.note()).filter(text -> !text.isEmpty()))
                .build();
    }
}
