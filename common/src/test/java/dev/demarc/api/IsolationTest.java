package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever anybody asks, in whatever order: nobody sees what is not theirs. */
class IsolationTest {
    private static final long SEED = 20_261_124;
    private static final int SEQUENCES = 10_000;

    private final Estates estates = new Estates();

    private RandomRequests over(ApiParts parts) {
        return new RandomRequests(new FindingsApi(parts, () -> Estates.NOW), SEED);
    }

    @Test
    void showsNobodyWhatIsNotTheirs() {
        RandomRequests requests = over(estates.parts());

        requests.sequences(SEQUENCES);

        assertThat(requests.leaks()).isEmpty();
        // Not because nothing was answered: pages, foreign ids, refused tokens and roles, and 304 all came up.
        assertThat(requests.statuses()).containsKeys("200", "304", "400", "403", "404", "412");
        assertThat(requests.statuses().get("200")).isGreaterThan(SEQUENCES / 2);
    }

    @Test
    void findsTheLeakWhenReadsForgetTheScope() {
        ApiParts parts = estates.parts();
        RandomRequests requests = over(new ApiParts(
                new Unscoped(parts.reads()),
                parts.documents(),
                parts.catalogue(),
                parts.rebuilding(),
                parts.cursorKey(),
                parts.register()));

        requests.sequences(200);

        assertThat(requests.leaks()).hasSizeGreaterThan(50);
    }

    @Test
    void findsTheLeakWhenDocumentsForgetTheTenant() {
        ApiParts parts = estates.parts();
        RandomRequests requests = over(new ApiParts(
                parts.reads(),
                new UnscopedDocuments(parts.documents()),
                parts.catalogue(),
                parts.rebuilding(),
                parts.cursorKey(),
                parts.register()));

        requests.sequences(200);

        assertThat(requests.leaks()).hasSizeGreaterThan(50);
    }

    @Test
    void hasSomethingToLeakInEveryList() {
        FindingsApi api = new FindingsApi(estates.parts(), () -> Estates.NOW);
        for (String tenant : Estates.TENANTS) {
            Scope reader = Estates.scope(tenant, Role.READER);
            for (String list : java.util.List.of(
                    "/v1/findings?pageSize=1000",
                    "/v1/counts?by=account",
                    "/v1/facets",
                    "/v1/accounts",
                    "/v1/waivers",
                    "/v1/attestations",
                    "/v1/notices?pageSize=1000",
                    "/v1/quarantine",
                    "/v1/exports/ndjson",
                    "/v1/exports/csv",
                    "/v1/exports/ocsf",
                    "/v1/exports/oscal")) {
                String body = api.handle(Asked.request(Optional.of(reader), "GET " + list, ""))
                        .body();
                for (AccountId account : Estates.accounts(tenant)) {
                    assertThat(body).as(list).contains(account.account());
                }
            }
            assertThat(api.handle(Asked.request(Optional.of(reader), "GET /v1/register", ""))
                            .body())
                    .contains(tenant);
        }
    }
}
