package dev.demarc.query;

import static dev.demarc.query.Landscape.LABELLED;
import static dev.demarc.query.Landscape.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.register.RegisterReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParityTest {
    private static final ControlId KEEPS_VERSIONS = new ControlId("DAT-06");
    private static final ServiceType S3 = Landscape.BUCKET;
    private static final ServiceType GCS = new ServiceType("storage.googleapis.com/Bucket");

    private final Landscape landscape = new Landscape();

    private Parity parity() {
        return landscape.posture().parity(Optional.of("object-storage")).getFirst();
    }

    private List<Parity.Gap> gaps(Parity.Kind kind, ControlId control) {
        return parity().gaps().stream()
                .filter(gap -> gap.kind() == kind && gap.control().equals(Optional.of(control)))
                .toList();
    }

    private void bucketOfGoogle(Verdict versions) {
        ResourceId id = new ResourceId(Provider.GCP, "project-1", "europe-west3", GCS.name(), "g");
        landscape.resource(id, GCS, "rev-1", LABELLED, Map.of(KEEPS_VERSIONS, versions));
    }

    @Test
    void putsTheMembersOfAClassSideBySide() {
        Parity parity = parity();

        assertThat(parity.members())
                .extracting(member -> member.entry().provider())
                .containsExactlyInAnyOrder(Provider.AWS, Provider.AZURE, Provider.GCP);
        assertThat(parity.lines()).allSatisfy(line -> assertThat(line.cells()).hasSize(3));
        assertThat(parity.lines().stream().flatMap(line -> line.cells().stream()))
                .as("each control has an owner or a reason")
                .allSatisfy(cell -> assertThat(
                                cell.row().isPresent() || cell.notMeaningful().isPresent())
                        .isTrue());
    }

    @Test
    void namesAControlThatIsTheCustomersHereAndTheProvidersThere() {
        Parity parity = parity();

        assertThat(parity.gaps())
                .filteredOn(gap -> gap.kind() == Parity.Kind.OWNER)
                .isNotEmpty()
                .allSatisfy(gap -> {
                    assertThat(owner(parity, gap.control().orElseThrow(), gap.here()))
                            .isNotIn("PROVIDER", "NOT_MEANINGFUL");
                    assertThat(owner(parity, gap.control().orElseThrow(), gap.there()))
                            .isEqualTo("PROVIDER");
                    assertThat(gap.inUse()).isFalse();
                });
    }

    private static String owner(Parity parity, ControlId control, ServiceType type) {
        return parity.lines().stream()
                .filter(line -> line.control().id().equals(control))
                .flatMap(line -> line.cells().stream())
                .filter(cell -> cell.serviceType().equals(type))
                .map(Parity.Cell::owner)
                .findFirst()
                .orElse("");
    }

    @Test
    void showsTheStateOfTheOwnResourcesAndWhereOneProviderLagsBehind() {
        landscape.bucket("a", Map.of(KEEPS_VERSIONS, new Verdict.NonCompliant("versioning is off")));
        bucketOfGoogle(new Verdict.Compliant(List.of("versioning")));

        assertThat(gaps(Parity.Kind.STATE, KEEPS_VERSIONS)).singleElement().satisfies(gap -> {
            assertThat(gap.here()).isEqualTo(S3);
            assertThat(gap.there()).isEqualTo(GCS);
            assertThat(gap.inUse()).isTrue();
        });
    }

    @Test
    void showsNoDifferenceOfStateWhenBothMeetTheControl() {
        landscape.bucket("a", Map.of(KEEPS_VERSIONS, new Verdict.Compliant(List.of("versioning"))));
        bucketOfGoogle(new Verdict.Compliant(List.of("versioning")));

        assertThat(gaps(Parity.Kind.STATE, KEEPS_VERSIONS)).isEmpty();
    }

    @Test
    void namesWhatIsDocumentedOnOneProviderOnly() {
        landscape.bucket("a", Map.of(KEEPS_VERSIONS, new Verdict.Compliant(List.of("versioning"))));
        bucketOfGoogle(new Verdict.Compliant(List.of("versioning")));
        landscape.documented(RegisterReader.read(JsonReader.parse("""
                        {"entries": [{"service-type": "storage.googleapis.com/Bucket", "owner": "storage", "reviewed-by": "A. Reviewer",
                         "reviewed-on": "2026-01-01", "expires-on": "2027-01-01", "approved": true}]}""")).register());

        assertThat(gaps(Parity.Kind.DOCUMENTATION, KEEPS_VERSIONS))
                .singleElement()
                .satisfies(gap -> assertThat(gap.here()).isEqualTo(S3));
    }

    @Test
    void namesTheWorkloadThatCountsOnBothBeingAlike() {
        Labels shop =
                new Labels(Optional.of(Level.MEDIUM), Optional.of(Level.LOW), Optional.empty(), Optional.of("shop"));
        landscape.bucket(
                Landscape.ACCOUNT, "a", shop, Map.of(KEEPS_VERSIONS, new Verdict.Compliant(List.of("versioning"))));
        bucketOfGoogle(new Verdict.Compliant(List.of("versioning")));
        assertThat(parity().gaps()).noneMatch(gap -> gap.kind() == Parity.Kind.ASSUMED_EQUIVALENCE);

        landscape.resource(
                new ResourceId(Provider.GCP, "project-1", "europe-west3", GCS.name(), "h"),
                GCS,
                "rev-1",
                shop,
                Map.of());

        assertThat(parity().gaps())
                .filteredOn(gap -> gap.kind() == Parity.Kind.ASSUMED_EQUIVALENCE)
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.workloads()).containsExactly("shop"));
    }

    @Test
    void comparesEveryClassWithoutReadingAClassTwice() {
        List<Parity> all = landscape.posture().parity(Optional.empty());

        assertThat(all).hasSameSizeAs(Catalogue.bundled().classes());
        assertThat(all).extracting(one -> one.serviceClass().id()).doesNotHaveDuplicates();
        assertThat(landscape.posture().now()).isEqualTo(NOW);
    }
}
