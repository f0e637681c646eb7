package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsApiTest {
    private static final Scope ADMIN = Estates.scope("alphaorg", Role.ADMIN);

    private final FindingsApi api = new FindingsApi(new Estates().parts(), () -> Estates.NOW, () -> "made-here");

    private ApiResponse ask(String line, String... headers) {
        return api.handle(Asked.request(Optional.of(ADMIN), line, "", headers));
    }

    private Json read(String target) {
        ApiResponse response = ask("GET " + target);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        return Estates.json(response);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            GET /v1/findings?severity=high ! 400 ! bad-parameter ! unknown parameter 'severity'; this path takes account, category, changedSince
            GET /v1/audit?pageSize=10 ! 400 ! bad-parameter ! this path takes account, class, control
            GET /v1/health?deep=1 ! 400 ! bad-parameter ! takes none
            GET /v1/findings/x?provider=aws ! 400 ! bad-parameter ! takes none
            GET /v1/findings?provider=oracle ! 400 ! bad-parameter ! 'provider' is one of aws, azure, gcp
            GET /v1/findings?provider=AWS ! 400 ! bad-parameter ! 'provider' is one of aws, azure, gcp
            GET /v1/findings?category=bad ! 400 ! bad-parameter ! REMEDIATE
            GET /v1/findings?pageSize=1001 ! 400 ! bad-parameter ! from 0 to 1000
            GET /v1/findings?pageSize=many ! 400 ! bad-parameter ! from 0 to 1000
            GET /v1/findings?pageSize=01 ! 400 ! bad-parameter ! from 0 to 1000
            GET /v1/findings?minPriority=101 ! 400 ! bad-parameter ! from 0 to 100
            GET /v1/findings?pageToken=zzz ! 400 ! bad-cursor ! start again without it
            GET /v1/findings?control=dat-01 ! 400 ! bad-parameter ! 'control'
            GET /v1/findings?waived=yes ! 400 ! bad-parameter ! true, false
            GET /v1/findings?changedSince=2026-01-01 ! 400 ! bad-parameter ! 2026-01-31T10:00:00Z
            GET /v1/findings?account= ! 400 ! bad-parameter ! 1 to 1024
            GET /v1/findings?control=x ! 400 ! bad-parameter ! 'control' is a control such as DAT-01
            GET /v1/exports/asff?hubAccount=1&hubRegion=eu-west-1 ! 400 ! bad-parameter ! 'hubAccount' is an AWS account: 12 digits
            GET /v1/exports/asff?hubAccount=111122223333&hubRegion=x ! 400 ! bad-parameter ! 'hubRegion' is a region such as eu-west-1
            GET /v1/findings?waived=true&waived=false ! 400 ! bad-parameter ! send it once
            GET /v1/counts?by=colour ! 400 ! bad-parameter ! 'by' is one of
            GET /v1/trend?from=yesterday ! 400 ! bad-parameter ! 2026-01-31
            GET /v1/trend?from=2026-11-24&to=2026-11-01 ! 400 ! bad-parameter ! before
            GET /v1/findings/%zz ! 400 ! malformed-request ! not URL-encoded
            GET /v1/resources/bucket ! 404 ! not-found ! nothing here
            GET /v1/findings/none ! 404 ! not-found ! nothing here
            GET /v1/resources/aws%7C111122223333%7Ceu-west-1%7CA%7Cb ! 404 ! not-found ! nothing here
            GET /v1/register/versions/0 ! 404 ! not-found ! nothing here
            GET /v2/findings ! 404 ! not-found ! /v1/openapi.yaml
            GET / ! 404 ! not-found ! nothing here
            POST /v1/findings ! 405 ! method-not-allowed ! GET, HEAD
            OPTIONS /v1/findings ! 405 ! method-not-allowed ! GET, HEAD
            """)
    void saysWhatIsWrongAndWhatToSendInstead(String line, int status, String type, String detail) {
        ApiResponse response = ask(line);

        Json problem = Estates.json(response);
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(problem.textAt("type", "")).isEqualTo("urn:demarc:problem:" + type);
        assertThat(problem.longAt("status", -1)).isEqualTo(status);
        assertThat(problem.textAt("title", "")).isNotBlank();
        assertThat(problem.textAt("detail", "")).contains(detail);
    }

    @Test
    void tellsEveryMistakeWithItsPlace() {
        Json problem = Estates.json(ask("GET /v1/findings?provider=x&pageSize=-1&nope=1"));

        assertThat(problem.at("errors").elements())
                .extracting(error -> error.textAt("in", "") + error.textAt("pointer", ""))
                .containsExactly("query/nope", "query/pageSize", "query/provider");
    }

    @Test
    void namesTheMethodsThatAPathTakes() {
        assertThat(ask("DELETE /v1/register").headers()).containsEntry("allow", "GET, HEAD, PUT");
        assertThat(ask("GET /v1/rebuild").headers()).containsEntry("allow", "POST");
    }

    @Test
    void asksForCredentials() {
        ApiResponse response = api.handle(Asked.request(Optional.empty(), "GET /v1/findings", ""));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers()).containsKey("www-authenticate");
    }

    @Test
    void readsEachListedFindingByItsEncodedId() {
        List<Json> findings = read("/v1/findings?pageSize=1000").at("findings").elements();

        assertThat(findings).hasSizeGreaterThan(10);
        for (Json finding : findings) {
            assertThat(read("/v1/findings/" + Asked.encoded(finding.textAt("id", ""))))
                    .isEqualTo(finding);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"priority", "age"})
    void pagesThroughTheFindingsByTheLinks(String sort) {
        List<Json> whole =
                read("/v1/findings?pageSize=1000&sort=" + sort).at("findings").elements();
        List<Json> paged = new ArrayList<>();
        Optional<String> next = Optional.of("/v1/findings?pageSize=4&sort=" + sort);
        int pages = 0;
        while (next.isPresent()) {
            ApiResponse page = ask("GET " + next.get());
            paged.addAll(Estates.json(page).at("findings").elements());
            next = Optional.ofNullable(page.headers().get("link")).map(link -> link.substring(1, link.indexOf('>')));
            pages++;
        }

        assertThat(paged).isEqualTo(whole);
        assertThat(pages).isGreaterThan(3);
    }

    @Test
    void countsWithoutReadingAPage() {
        Json counted = read("/v1/findings?pageSize=0");
        Json listed = read("/v1/findings?pageSize=1000");

        assertThat(counted.at("findings").elements()).isEmpty();
        assertThat(counted.at("total")).isEqualTo(listed.at("total"));
        assertThat(counted.at("total").longAt("count", -1))
                .isEqualTo(listed.at("findings").elements().size());
    }

    @Test
    void countsInFacetsAndGroupsWhatTheListHolds() {
        long listed = read("/v1/findings?control=DAT-06&pageSize=0").at("total").longAt("count", -1);

        Json counts = read("/v1/counts?control=DAT-06&by=account&by=priority");
        Json facets = read("/v1/facets?control=DAT-06&by=account");

        assertThat(listed).isPositive();
        assertThat(counts.at("groups").elements().stream()
                        .mapToLong(group -> group.longAt("count", 0))
                        .sum())
                .isEqualTo(listed);
        assertThat(facets.at("facets").elements()).hasSize(1);
        assertThat(facets.at("facets").elements().getFirst().textAt("by", "")).isEqualTo("account");
    }

    @Test
    void repeatsOneParameterAsOrAndDifferentOnesAsAnd() {
        long one = count("control=DAT-06");
        long other = count("control=IDN-03");

        assertThat(count("control=DAT-06&control=IDN-03")).isEqualTo(one + other);
        assertThat(count("control=DAT-06&provider=gcp")).isZero();
    }

    private long count(String filter) {
        return read("/v1/findings?pageSize=0&" + filter).at("total").longAt("count", -1);
    }

    @Test
    void answersHeadLikeGetWithoutTheBody() {
        ApiResponse get = ask("GET /v1/findings");
        ApiResponse head = ask("HEAD /v1/findings");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers()).isEqualTo(get.headers());
    }

    @Test
    void answers304ToWhoHasTheAnswer() {
        for (String path : List.of("/v1/findings", "/v1/audit", "/v1/register", "/v1/openapi.json")) {
            String tag = ask("GET " + path).headers().getOrDefault("etag", "");

            ApiResponse again = ask("GET " + path, "If-None-Match: \"other\", " + tag);

            assertThat(again.status()).as(path).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers()).containsEntry("etag", tag).doesNotContainKey("content-type");
            assertThat(ask("GET " + path, "If-None-Match: \"other\"").status()).isEqualTo(200);
        }
    }

    @Test
    void givesTheCorrelationIdBackAndRefusesAStrangeOne() {
        assertThat(ask("GET /v1/health", "X-Request-Id: abc-1").headers()).containsEntry("x-request-id", "abc-1");
        assertThat(ask("GET /v1/health", "X-Request-Id: a b\u0007").headers())
                .containsEntry("x-request-id", "made-here");
        assertThat(ask("GET /none").headers()).containsEntry("x-request-id", "made-here");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '*/*',                            200
            'application/json',               200
            'application/*;q=0.5',            200
            'text/html, application/json',    200
            'text/html',                      406
            'application/json;q=0',           406
            """)
    void answersOnlyWhatIsAccepted(String accept, int status) {
        assertThat(ask("GET /v1/findings", "Accept: " + accept).status()).isEqualTo(status);
    }

    @Test
    void comparesVersionsOfTheRegister() {
        String tag = ask("GET /v1/register").headers().getOrDefault("etag", "");
        ApiResponse pushed = api.handle(
                Asked.request(Optional.of(ADMIN), "PUT /v1/register", "{\"entries\": []}", "If-Match: " + tag));

        assertThat(pushed.status()).as(pushed.body()).isEqualTo(200);
        assertThat(read("/v1/register/versions").at("versions").elements()).hasSize(2);
        Json change = read("/v1/register/versions/1/differences/2")
                .at("changes")
                .elements()
                .getFirst();
        assertThat(change.textAt("kind", "")).isEqualTo("REMOVED");
        assertThat(change.textAt("subject", "")).isEqualTo("AWS::S3::Bucket");
    }

    /** The time of the export is in some of them; it must not make every answer a new one. */
    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "csv", "ocsf", "oscal", "asff?hubAccount=111122223333&hubRegion=eu-west-1"})
    void answersAnExportOfTheSameFindingsWithNotModified(String format) {
        Estates estates = new Estates();
        AtomicReference<Instant> now = new AtomicReference<>(Estates.NOW);
        FindingsApi later = new FindingsApi(estates.parts(), now::get);
        String line = "GET /v1/exports/" + format;
        ApiResponse first = later.handle(Asked.request(Optional.of(ADMIN), line, ""));
        String has = "If-None-Match: " + first.headers().get("etag");
        now.set(Estates.NOW.plusSeconds(60));

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(later.handle(Asked.request(Optional.of(ADMIN), line, "", has))
                        .status())
                .isEqualTo(304);
        assertThat(later.handle(Asked.request(Optional.of(Estates.scope("betaorg", Role.ADMIN)), line, "", has))
                        .status())
                .isEqualTo(200);
        String less = line + (line.contains("?") ? "&" : "?") + "control=DAT-06";
        assertThat(later.handle(Asked.request(Optional.of(ADMIN), less, "", has))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void countsAndPagesTheQuarantine() {
        List<Json> paged = new ArrayList<>();
        Optional<String> next = Optional.of("/v1/quarantine?pageSize=1");
        while (next.isPresent()) {
            ApiResponse page = ask("GET " + next.get());
            assertThat(Estates.json(page).at("total"))
                    .isEqualTo(
                            Json.object().with("count", 3).with("type", "EXACT").build());
            paged.addAll(Estates.json(page).at("records").elements());
            next = Optional.ofNullable(page.headers().get("link")).map(link -> link.substring(1, link.indexOf('>')));
        }

        assertThat(paged).hasSize(3).doesNotHaveDuplicates();
        assertThat(read("/v1/quarantine").at("records").elements()).isEqualTo(paged);
    }
}
