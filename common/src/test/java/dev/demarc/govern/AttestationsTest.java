package dev.demarc.govern;

import static dev.demarc.govern.Callers.ACCOUNT;
import static dev.demarc.govern.Callers.ANA;
import static dev.demarc.govern.Callers.BEN;
import static dev.demarc.govern.Callers.BUCKET;
import static dev.demarc.govern.Callers.NOW;
import static dev.demarc.govern.Callers.OTHER;
import static dev.demarc.govern.Callers.done;
import static dev.demarc.govern.Callers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.Responsibility.Decision;
import dev.demarc.govern.Ruling.Cause;
import dev.demarc.govern.Ruling.Reason;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttestationsTest {
    private static final ControlId COPIES_ABROAD = new ControlId("DAT-10");
    private static final Duration DAY = Duration.ofDays(1);

    private final InMemoryStore store = new InMemoryStore();
    private final Catalogue catalogue = Catalogue.bundled();
    private final Attestations attestations = new Attestations(store, catalogue);

    private static AttestationRequest request(ServiceType type, ControlId control, Duration life) {
        return new AttestationRequest(
                type,
                control,
                Optional.of(ACCOUNT),
                "copies go to our own accounts only",
                "review of 2026-11-20",
                Optional.of(NOW.plus(life)));
    }

    private Attestation attested() {
        return done(attestations.attest(ANA, "a", request(BUCKET, COPIES_ABROAD, DAY), NOW));
    }

    @Test
    void holdsFromNowToItsExpiry() {
        Attestation attestation = attested();

        assertThat(attestation.attestedBy()).isEqualTo("ana");
        assertThat(attestation.isValidAt(NOW.minusNanos(1))).isFalse();
        assertThat(attestation.isValidAt(NOW)).isTrue();
        assertThat(attestation.isValidAt(NOW.plus(DAY).minusNanos(1))).isTrue();
        assertThat(attestation.isValidAt(NOW.plus(DAY))).isFalse();
        assertThat(attestations.find(BEN, "a")).contains(attestation);
    }

    @Test
    void takesExactlyTheRowsThatNeitherConfigurationNorTheProviderDecides() {
        Map<Boolean, Integer> rows = new HashMap<>();
        for (ServiceType type : catalogue.serviceTypes()) {
            CatalogueEntry entry = catalogue.entry(type).orElseThrow();
            for (Responsibility row : entry.responsibilities()) {
                boolean open =
                        row.decision() instanceof Decision.ByAttestation || row.decision() instanceof Decision.ByGuest;

                String id =
                        "a" + rows.values().stream().mapToInt(Integer::intValue).sum();
                Ruling<Attestation> ruling = attestations.attest(ANA, id, request(type, row.control(), DAY), NOW);

                assertThat(ruling instanceof Ruling.Done)
                        .as(type + " × " + row.control())
                        .isEqualTo(open);
                rows.merge(open, 1, Integer::sum);
            }
        }
        assertThat(rows.get(true)).isPositive();
        assertThat(rows.get(false)).isPositive();
    }

    @Test
    void refusesARowThatTheCatalogueDoesNotHave() {
        ServiceType queue = new ServiceType("AWS::Timestream::Database");

        assertThat(refused(attestations.attest(ANA, "a", request(queue, COPIES_ABROAD, DAY), NOW))
                        .reasons())
                .extracting(Reason::what)
                .containsExactly("serviceType");
        assertThat(refused(attestations.attest(ANA, "a", request(BUCKET, new ControlId("XXX-99"), DAY), NOW))
                        .reasons())
                .extracting(Reason::what)
                .containsExactly("control");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "365, true", "366, false", "0, false", "-1, false"})
    void expiresWithinAYear(int days, boolean taken) {
        Ruling<Attestation> ruling =
                attestations.attest(ANA, "a", request(BUCKET, COPIES_ABROAD, Duration.ofDays(days)), NOW);

        assertThat(ruling instanceof Ruling.Done).isEqualTo(taken);
        if (!taken) {
            assertThat(refused(ruling).reasons()).extracting(Reason::what).containsExactly("expiresAt");
        }
    }

    @Test
    void asksForStatementEvidenceAndExpiry() {
        AttestationRequest nothing =
                new AttestationRequest(BUCKET, COPIES_ABROAD, Optional.empty(), "", " ", Optional.empty());

        assertThat(refused(attestations.attest(ANA, "", nothing, NOW)).reasons())
                .extracting(Reason::what)
                .containsExactly("statement", "evidence", "expiresAt", "id");
    }

    @Test
    void isRevokedOnceAndForGood() {
        attested();

        Ruling<Attestation> stale = attestations.revoke(BEN, "a", 7, NOW);
        Attestation revoked = done(attestations.revoke(BEN, "a", 1, NOW));
        Ruling<Attestation> again = attestations.revoke(BEN, "a", 2, NOW);

        assertThat(refused(stale).cause()).isEqualTo(Cause.STALE);
        assertThat(revoked.isValidAt(NOW)).isFalse();
        assertThat(refused(again).cause()).isEqualTo(Cause.STATE);
        assertThat(attestations.history(ANA, "a"))
                .extracting(Attestation::revoked)
                .containsExactly(true, false);
        assertThat(refused(attestations.revoke(BEN, "none", 1, NOW)).cause()).isEqualTo(Cause.NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyApproversAttest(Role role) {
        Ruling<Attestation> ruling =
                attestations.attest(Callers.caller("dan", role), "a", request(BUCKET, COPIES_ABROAD, DAY), NOW);

        assertThat(ruling instanceof Ruling.Done).isEqualTo(role == Role.WAIVER_APPROVER || role == Role.ADMIN);
    }

    @Test
    void staysWithinTheAccountsOfTheCaller() {
        attested();
        Scope other = Callers.of(OTHER);

        assertThat(attestations.list(Callers.of(ACCOUNT))).hasSize(1);
        assertThat(attestations.list(other)).isEmpty();
        assertThat(attestations.history(other, "a")).isEmpty();
        assertThat(refused(attestations.revoke(other, "a", 1, NOW)).cause()).isEqualTo(Cause.NOT_FOUND);
        assertThat(refused(attestations.attest(other, "b", request(BUCKET, COPIES_ABROAD, DAY), NOW))
                        .cause())
                .isEqualTo(Cause.FORBIDDEN);
    }

    @Test
    void readsFromItsJsonWhatWasWritten() {
        Attestation attestation = attested();

        assertThat(AttestationJson.read(
                        JsonReader.parse(AttestationJson.write(attestation).write())))
                .isEqualTo(attestation);
    }

    @Test
    void decisionsAreThoseMadeByThen() {
        Attestation attestation = attested();
        Waivers waivers = new Waivers(store);
        Waiver waiver = done(waivers.request(
                ANA, "w", Callers.request(DAY.multipliedBy(2)), WaiverTerms.LOW, NOW.plus(Duration.ofHours(1))));

        Instant later = NOW.plus(Duration.ofHours(2));
        assertThat(Decisions.load(store, ANA, later).attestations()).containsExactly(attestation);
        assertThat(Decisions.load(store, ANA, later).waivers()).containsExactly(waiver);
        assertThat(Decisions.load(store, ANA, later).register().entries()).isEmpty();
        assertThat(Decisions.load(store, ANA, NOW).waivers()).isEmpty();
        assertThat(Decisions.load(store, Callers.of(OTHER), later).waivers()).isEmpty();
    }
}
