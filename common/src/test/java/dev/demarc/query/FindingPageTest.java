package dev.demarc.query;

import static dev.demarc.query.Landscape.FAIL;
import static dev.demarc.query.Landscape.PASS;
import static dev.demarc.query.Landscape.PUBLIC;
import static dev.demarc.query.Landscape.RESTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingPageTest {
    private static final FindingFilter REMEDIATE = filter("category", "REMEDIATE");

    private final Landscape landscape = new Landscape().reviewed();

    private List<Finding> findings() {
        for (int i = 0; i < 7; i++) {
            landscape.bucket("b" + i, Map.of(RESTORE, FAIL, PUBLIC, i % 2 == 0 ? FAIL : PASS));
        }
        return landscape.posture().findings();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void givesEveryFindingOnceOverAllPages(int size) {
        List<Finding> all = findings();

        List<Finding> paged = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            FindingPage page = FindingPage.of(all, FindingFilter.ALL, size, token);
            assertThat(page.total()).isEqualTo(all.size());
            assertThat(page.findings()).hasSizeLessThanOrEqualTo(size);
            paged.addAll(page.findings());
            token = page.nextPageToken();
        } while (token.isPresent());

        assertThat(paged).isEqualTo(all);
    }

    @Test
    void neitherRepeatsNorSkipsWhenFindingsComeAndGoBetweenPages() {
        List<Finding> before = findings();
        FindingPage first = FindingPage.of(before, FindingFilter.ALL, 4, Optional.empty());
        List<Finding> after = new ArrayList<>(before);
        after.remove(3);
        after.remove(0);

        FindingPage second = FindingPage.of(after, FindingFilter.ALL, 100, first.nextPageToken());

        assertThat(second.findings()).isEqualTo(before.subList(4, before.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!", "AAAA", "bm90IGEgdG9rZW4"})
    void refusesATokenItDidNotGiveOut(String token) {
        List<Finding> all = findings();

        assertThatThrownBy(() -> FindingPage.of(all, FindingFilter.ALL, 4, Optional.of(token)))
                .isInstanceOf(FindingPage.BadToken.class);
    }

    @Test
    void refusesATokenOfAnotherQuery() {
        List<Finding> all = findings();
        Optional<String> token =
                FindingPage.of(all, FindingFilter.ALL, 1, Optional.empty()).nextPageToken();

        assertThatThrownBy(() -> FindingPage.of(all, REMEDIATE, 1, token))
                .isInstanceOf(FindingPage.BadToken.class)
                .hasMessageContaining("same parameters");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # name, value, findings
            provider,    AWS,                 13
            provider,    GCP,                 0
            account,     111122223333,        12
            account,     444455556666,        0
            serviceType, aws::s3::bucket,     12
            class,       object-storage,      12
            class,       functions,           0
            control,     dat-06,              7
            control,     MCC-06,              1
            category,    ADD_VALIDATION,      1
            category,    CORRECT,             0
            question,    DOCUMENTED,          1
            question,    IMPLEMENTED,         11
            minPriority, 1,                   13
            minPriority, 100,                 0
            resource,    aws|111122223333|eu-west-1|AWS::S3::Bucket|b0, 2
            """)
    void givesWhatTheFilterWants(String name, String value, long expected) {
        landscape.uncatalogued();
        List<Finding> all = findings();

        FindingPage page = FindingPage.of(all, filter(name, value), 1000, Optional.empty());

        assertThat(page.total()).isEqualTo(expected);
        assertThat(page.findings()).hasSize((int) expected);
    }

    private static FindingFilter filter(String name, String value) {
        return new FindingFilter(
                when(name, "provider", value).map(Provider::valueOf),
                when(name, "account", value),
                when(name, "serviceType", value),
                when(name, "class", value),
                when(name, "control", value),
                when(name, "resource", value),
                when(name, "category", value).map(Category::valueOf),
                when(name, "question", value).map(Question::valueOf),
                when(name, "minPriority", value).map(Integer::valueOf).orElse(0));
    }

    private static Optional<String> when(String name, String wanted, String value) {
        return name.equals(wanted) ? Optional.of(value) : Optional.empty();
    }
}
