package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Random callers of three tenants who ask for everything they can think of: lists, ids of others, tokens and tags that others were given.
 * Counts the answers that hold what is not theirs.
 */
final class RandomRequests {
    private static final List<String> LISTS = List.of(
            "/v1/findings",
            "/v1/counts",
            "/v1/facets",
            "/v1/audit",
            "/v1/service-types",
            "/v1/accounts",
            "/v1/trend",
            "/v1/waivers",
            "/v1/attestations",
            "/v1/register",
            "/v1/register/versions",
            "/v1/notices",
            "/v1/quarantine",
            "/v1/exports/ndjson",
            "/v1/exports/csv",
            "/v1/exports/ocsf",
            "/v1/exports/oscal");
    private static final Set<String> FILTERED = Set.of(
            "/v1/findings",
            "/v1/counts",
            "/v1/facets",
            "/v1/exports/ndjson",
            "/v1/exports/csv",
            "/v1/exports/ocsf",
            "/v1/exports/oscal");
    private static final Set<String> PAGED =
            Set.of("/v1/findings", "/v1/accounts", "/v1/waivers", "/v1/attestations", "/v1/notices");

    private final FindingsApi api;
    private final Random random;
    private final List<String> tokens = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final Map<String, Integer> statuses = new TreeMap<>();
    private final List<String> leaks = new ArrayList<>();

    RandomRequests(FindingsApi api, long seed) {
        this.api = api;
        this.random = new Random(seed);
    }

    List<String> leaks() {
        return leaks;
    }

    /** How often each status was answered. */
    Map<String, Integer> statuses() {
        return statuses;
    }

    void sequences(int count) {
        for (int i = 0; i < count; i++) {
            Scope scope = scope();
            for (int step = 1 + random.nextInt(4); step > 0; step--) {
                ask(scope);
            }
        }
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Scope scope() {
        String tenant = one(Estates.TENANTS);
        Role role = one(List.of(Role.values()));
        Set<AccountId> accounts = new HashSet<>();
        accounts.add(one(Estates.accounts(tenant)));
        accounts.add(one(Estates.accounts(tenant)));
        boolean some = role == Role.ACCOUNT_READER || random.nextInt(4) == 0;
        return new Scope(tenant, some ? Optional.of(accounts) : Optional.empty(), role, "someone");
    }

    private AccountId account() {
        return one(Estates.accounts(one(Estates.TENANTS)));
    }

    private void ask(Scope scope) {
        String line = "GET " + target();
        String[] headers =
                tags.isEmpty() || random.nextInt(3) > 0 ? new String[0] : new String[] {"If-None-Match: " + one(tags)};
        String body = "";
        if (random.nextInt(20) == 0) {
            line = "POST /v1/rebuild";
            body = "{\"mode\": \"CHECK\"}";
        } else if (random.nextInt(20) == 0) {
            line = "POST /v1/waivers/" + Estates.waiver(account()) + "/approve";
            headers = new String[] {"If-Match: " + (tags.isEmpty() ? "\"x\"" : one(tags))};
        }
        ApiResponse response = api.handle(Asked.request(Optional.of(scope), line, body, headers));
        statuses.merge(Integer.toString(response.status()), 1, Integer::sum);
        for (String marker : Estates.foreign(scope)) {
            if (response.body().contains(marker)) {
                leaks.add(scope + " saw " + marker + " in " + line + " " + response.status());
            }
        }
        remember(response);
    }

    private void remember(ApiResponse response) {
        Optional.ofNullable(response.headers().get("etag")).ifPresent(tag -> keep(tags, tag));
        if (response.headers().containsKey("link")) {
            Json body = JsonReader.parse(response.body());
            body.at("nextPageToken").text().ifPresent(token -> keep(tokens, token));
        }
    }

    private void keep(List<String> some, String value) {
        if (some.size() < 50) {
            some.add(value);
        } else {
            some.set(random.nextInt(some.size()), value);
        }
    }

    private String target() {
        AccountId account = account();
        String resource =
                Asked.encoded(Estates.bucket(account, random.nextInt(3)).key());
        return switch (random.nextInt(10)) {
            case 0 -> "/v1/resources/" + resource;
            case 1 -> "/v1/resources/" + resource + "/history";
            case 2 -> "/v1/findings/" + resource + "%7C" + one(List.of("DAT-06", "IDN-03", "DAT-01", "MCC-04"));
            case 3 -> "/v1/waivers/" + Estates.waiver(account) + one(List.of("", "/history"));
            case 4 -> "/v1/attestations/" + Estates.attestation(account) + one(List.of("", "/history"));
            default -> list(account);
        };
    }

    private String list(AccountId account) {
        String list = one(LISTS);
        List<String> query = new ArrayList<>();
        if (FILTERED.contains(list) && random.nextBoolean()) {
            query.add(
                    switch (random.nextInt(5)) {
                        case 0 -> "account=" + account.account();
                        case 1 -> "owner=owner-" + account.account();
                        case 2 ->
                            "resource="
                                    + Asked.encoded(Estates.bucket(account, 1).key());
                        case 3 -> "control=DAT-06";
                        default ->
                            "account=" + account.account() + "&account="
                                    + account().account();
                    });
        }
        if (list.equals("/v1/counts") || list.equals("/v1/facets")) {
            query.add("by=account");
        }
        if (list.equals("/v1/findings") && random.nextBoolean()) {
            query.add("sort=age");
        }
        if (PAGED.contains(list)) {
            query.add("pageSize=" + (1 + random.nextInt(5)));
            if (!tokens.isEmpty() && random.nextBoolean()) {
                query.add("pageToken=" + one(tokens));
            }
        }
        return query.isEmpty() ? list : list + "?" + String.join("&", query);
    }
}
