package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.query.Landscape;
import dev.demarc.record.RollupKey;
import dev.demarc.record.InMemoryStore;
import dev.demarc.register.Register;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsApiTest {
    private final Landscape landscape = new Landscape()
            .alive(Landscape.ACCOUNT)
            .reviewed()
            .bucket("open/data #1", Map.of(Landscape.RESTORE, Landscape.FAIL, Landscape.PUBLIC, Landscape.FAIL))
            .bucket("fine", Map.of(Landscape.RESTORE, Landscape.PASS))
            .uncatalogued();
    private final FindingsApi api =
            new FindingsApi(landscape.store(), landscape.catalogue(), landscape.register(), () -> Landscape.NOW);

    private ApiResponse ask(String target) {
        int mark = target.indexOf('?');
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&")) {
                String[] parts = pair.split("=", 2);
                query.computeIfAbsent(parts[0], ignored -> new ArrayList<>()).add(parts[1]);
            }
        }
        return api.handle(new ApiRequest("GET", mark < 0 ? target : target.substring(0, mark), query));
    }

    private Json read(String target) {
        ApiResponse response = ask(target);
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        return JsonReader.parse(response.body());
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            GET  ! /v1/findings?severity=high ! 400 ! unknown parameter 'severity'; this path takes account, category, class
            GET  ! /v1/audit?pageSize=10 ! 400 ! unknown parameter 'pageSize'; this path takes class, control, provider, serviceType
            GET  ! /v1/health?deep=1 ! 400 ! takes none
            GET  ! /v1/findings/x?provider=aws ! 400 ! takes none
            GET  ! /v1/findings?provider=oracle ! 400 ! provider is one of
            GET  ! /v1/findings?category=bad ! 400 ! REMEDIATE
            GET  ! /v1/findings?pageSize=0 ! 400 ! from 1 to 1000
            GET  ! /v1/findings?pageSize=many ! 400 ! from 1 to 1000
            GET  ! /v1/findings?minPriority=101 ! 400 ! from 0 to 100
            GET  ! /v1/findings?pageToken=zzz ! 400 ! pageToken was not given out
            GET  ! /v1/findings?provider=aws&provider=gcp ! 400 ! send it once
            GET  ! /v1/findings/%zz ! 400 ! not URL-encoded
            GET  ! /v1/resources/bucket ! 400 ! provider|account|region|type|id
            GET  ! /v1/findings/none ! 404 ! no open finding
            GET  ! /v1/resources/aws%7C111122223333%7Ceu-west-1%7CA%7Cb ! 404 ! no observation
            GET  ! /v2/findings ! 404 ! /v1/openapi.yaml
            GET  ! / ! 404 ! no such path
            POST ! /v1/findings ! 405 ! GET
            """)
    void saysWhatIsWrongAndWhatToSendInstead(String method, String target, int status, String detail) {
        ApiResponse response =
                method.equals("GET") ? ask(target) : api.handle(new ApiRequest(method, target, Map.of()));

        Json problem = JsonReader.parse(response.body());
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/problem+json");
        assertThat(problem.longAt("status", -1)).isEqualTo(status);
        assertThat(problem.textAt("title", "")).isNotBlank();
        assertThat(problem.textAt("detail", "")).contains(detail);
    }

    @Test
    void readsEachListedFindingByItsEncodedId() {
        List<Json> findings = read("/v1/findings").at("findings").elements();

        assertThat(findings).hasSizeGreaterThanOrEqualTo(3);
        for (Json finding : findings) {
            assertThat(read("/v1/findings/" + encoded(finding.textAt("id", ""))))
                    .isEqualTo(finding);
        }
    }

    @Test
    void pagesThroughTheFindings() {
        Json whole = read("/v1/findings");
        Json first = read("/v1/findings?pageSize=2");

        Json second = read("/v1/findings?pageSize=1000&pageToken=" + first.textAt("nextPageToken", ""));

        List<Json> paged = new ArrayList<>(first.at("findings").elements());
        paged.addAll(second.at("findings").elements());
        assertThat(paged).isEqualTo(whole.at("findings").elements());
        assertThat(first.longAt("total", -1)).isEqualTo(paged.size());
        assertThat(second.at("nextPageToken").isNull()).isTrue();
    }

    @Test
    void filtersByProviderInAnyCase() {
        assertThat(read("/v1/findings?provider=aws")).isEqualTo(read("/v1/findings?provider=AWS"));
        assertThat(read("/v1/findings?provider=gcp").longAt("total", -1)).isZero();
    }

    @Test
    void readsAResourceWithItsFindings() {
        String key = Landscape.bucketId(Landscape.ACCOUNT, "open/data #1").key();

        Json resource = read("/v1/resources/" + encoded(key));

        assertThat(resource.at("observation").textAt("resource", "")).isEqualTo(key);
        assertThat(resource.at("findings").elements()).hasSize(2);
    }

    @Test
    void saysOfTheOpenFindingsInTheAuditWhatTheListSays() {
        Json audit = read("/v1/audit?serviceType=AWS::S3::Bucket&class=object-storage&provider=aws");

        assertThat(audit.at("findings").longAt("total", -1))
                .isEqualTo(read("/v1/findings?serviceType=AWS::S3::Bucket").longAt("total", -2));
        assertThat(audit.at("rows").elements())
                .allSatisfy(row -> assertThat(row.textAt("class", "")).isEqualTo("object-storage"));
        assertThat(read("/v1/audit?control=DAT-06").at("rows").elements()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # type, catalogued, documented, class
            AWS::S3::Bucket, true,  true,  object-storage
            AWS::SQS::Queue, false, false,
            """)
    void listsTheServiceTypesInUse(String type, boolean catalogued, boolean documented, @Nullable String serviceClass) {
        Json found = read("/v1/service-types").at("serviceTypes").elements().stream()
                .filter(one -> one.textAt("serviceType", "").equals(type))
                .findFirst()
                .orElseThrow();

        assertThat(found.at("catalogued")).isEqualTo(Json.of(catalogued));
        assertThat(found.at("documented")).isEqualTo(Json.of(documented));
        assertThat(found.at("class").text().orElse(null)).isEqualTo(serviceClass);
        assertThat(found.at("reason").isNull()).isEqualTo(documented);
    }

    @Test
    void isHealthyWhenTheStoreCanBeReadAndThrowsWhenNot() {
        InMemoryStore broken = new InMemoryStore() {
            @Override
            public synchronized Map<RollupKey, Long> rollups() {
                throw new IllegalStateException("the store is away");
            }
        };
        FindingsApi sick = new FindingsApi(broken, Catalogue.bundled(), Register.empty(), () -> Landscape.NOW);

        assertThat(read("/v1/health").textAt("status", "")).isEqualTo("ok");
        assertThatThrownBy(() -> sick.handle(new ApiRequest("GET", "/v1/health", Map.of())))
                .hasMessage("the store is away");
    }
}
