package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.FOREIGN;
import static dev.demarc.record.Sample.NEIGHBOUR;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.OTHER;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.feed;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.record.ScopedReads.AgeMark;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lies outside the scope is answered like what does not exist. */
public interface ScopeContract extends StoreContract {
    List<AccountId> ALL = List.of(ACCOUNT, NEIGHBOUR, FOREIGN);
    String ROOT = "root";

    /** A read, and the accounts that its answer speaks of. */
    record Read(String method, Function<Scope, Set<AccountId>> accounts) {}

    /** Each method of {@link ScopedReads}, asked for everything that is there, in every account. */
    private List<Read> reads() {
        CentralStore store = store();
        return List.of(
                new Read(
                        "rollups",
                        scope -> accounts(store.rollups(scope).keySet().stream().map(RollupKey::accountId))),
                new Read(
                        "findings",
                        scope -> accounts(ALL.stream()
                                .flatMap(
                                        account -> store
                                                .findings(
                                                        scope,
                                                        encryption(account).bucket(),
                                                        "",
                                                        10)
                                                .stream())
                                .map(StoredFinding::account))),
                new Read(
                        "findingsByAge",
                        scope -> accounts(store.findingsByAge(scope, AgeMark.START, 10).stream()
                                .map(StoredFinding::account))),
                new Read(
                        "projected",
                        scope -> accounts(ALL.stream()
                                .flatMap(account -> store.projected(scope, bucket(account, ROOT)).stream())
                                .map(state -> AccountId.of(state.resource())))),
                new Read(
                        "observation",
                        scope -> accounts(ALL.stream()
                                .flatMap(account -> store.observation(scope, bucket(account, ROOT)).stream())
                                .map(observation -> AccountId.of(observation.resource())))),
                new Read(
                        "history",
                        scope -> accounts(ALL.stream()
                                .flatMap(account -> store.history(scope, bucket(account, ROOT), "", 10).stream())
                                .map(entry -> AccountId.of(entry.resource())))),
                new Read(
                        "feedEvidence",
                        scope -> accounts(store.feedEvidence(scope).stream().map(FeedEvidence::accountId))),
                new Read(
                        "sweepEvidence",
                        scope -> accounts(store.sweepEvidence(scope).stream().map(SweepEvidence::accountId))),
                new Read(
                        "poison",
                        scope -> accounts(
                                store.poison(scope, 10).stream().flatMap(poison -> poison.account().stream()))));
    }

    private static Set<AccountId> accounts(Stream<AccountId> found) {
        return found.collect(Collectors.toSet());
    }

    private static StoredFinding encryption(AccountId account) {
        return first(observed(bucket(account, ROOT), 1, Map.of(ENCRYPTION, FAIL)))
                .findings()
                .getFirst();
    }

    /** Everything that can be read, in three accounts of two tenants. */
    private void fill() {
        for (AccountId account : ALL) {
            Observation now = observed(bucket(account, ROOT), 1, Map.of(ENCRYPTION, FAIL));
            store().record(now);
            project(now);
            store().putFeedEvidence(feed(account, BUCKET, NOON));
            store().putSweepEvidence(sweep(account, BUCKET, NOON, SweepEvidence.State.COMPLETE));
            store().putSweepEvidence(sweep(account, BUCKET, NOON.plusSeconds(90), SweepEvidence.State.UNDER_WAY));
            store().quarantine(
                            Optional.of(account),
                            "sweep",
                            account.key().getBytes(StandardCharsets.UTF_8),
                            "not JSON",
                            NOON);
        }
    }

    private static Scope limited(String tenant, AccountId... accounts) {
        return new Scope(tenant, Optional.of(Set.of(accounts)), Role.ACCOUNT_READER, "someone");
    }

    @Test
    default void readsNothingOutsideTheScope() {
        fill();
        Map<Scope, Set<AccountId>> expected = new LinkedHashMap<>();
        // The first two show that the data of each account is there to be seen.
        expected.put(WHOLE, Set.of(ACCOUNT, NEIGHBOUR));
        expected.put(Scope.operator(OTHER), Set.of(FOREIGN));
        expected.put(limited(Scope.MAIN, ACCOUNT), Set.of(ACCOUNT));
        expected.put(limited(Scope.MAIN, NEIGHBOUR), Set.of(NEIGHBOUR));
        expected.put(limited(Scope.MAIN, ACCOUNT, FOREIGN), Set.of(ACCOUNT));
        expected.put(limited(Scope.MAIN, FOREIGN), Set.of());
        expected.put(limited(Scope.MAIN), Set.of());
        expected.put(limited(OTHER, ACCOUNT, NEIGHBOUR), Set.of());
        expected.put(limited(OTHER, FOREIGN), Set.of(FOREIGN));
        expected.put(Scope.operator("third"), Set.of());
        expected.put(limited("third", ACCOUNT, NEIGHBOUR, FOREIGN), Set.of());

        expected.forEach((scope, accounts) -> reads().forEach(
                        read -> assertThat(read.accounts().apply(scope))
                                .as("%s within %s", read.method(), scope)
                                .isEqualTo(accounts)));
    }

    @Test
    default void knowsEveryMethodThatReadsWithinAScope() {
        assertThat(reads())
                .extracting(Read::method)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ScopedReads.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName)
                        .toList());
    }

    @Test
    default void readsNothingUnderACounterThatNamesAForeignTenant() {
        fill();
        RollupKey own = encryption(ACCOUNT).bucket();
        RollupKey forged = new RollupKey(
                OTHER,
                own.provider(),
                own.account(),
                own.serviceType(),
                own.control(),
                own.verdict(),
                own.sensitivity(),
                own.criticality(),
                own.exposed());

        assertThat(store().findings(WHOLE, own, "", 10)).hasSize(1);
        assertThat(store().findings(WHOLE, forged, "", 10)).isEmpty();
        assertThat(store().findings(Scope.operator(OTHER), own, "", 10)).isEmpty();
        assertThat(store().findings(Scope.operator(OTHER), forged, "", 10)).isEmpty();
    }

    @Test
    default void keepsTheDocumentsOfTenantsApart() {
        Scope other = Scope.operator(OTHER);
        Scope reader = limited(Scope.MAIN, ACCOUNT);
        store().write(WHOLE, DocumentsContract.draft("one", 0, "of main"));
        store().write(other, DocumentsContract.draft("one", 0, "of other"));
        store().write(other, DocumentsContract.draft("two", 0, "of other"));

        assertThat(store().write(other, DocumentsContract.draft("one", 1, "again")))
                .isTrue();

        // Decisions hold for the whole tenant, so that whoever reads one account of it needs them too.
        for (Scope scope : List.of(WHOLE, reader)) {
            assertThat(store().documents(scope, Documents.Kind.WAIVER, "", 10))
                    .extracting(document -> document.body().textAt("text", ""))
                    .containsExactly("of main");
            assertThat(store().document(scope, Documents.Kind.WAIVER, "two")).isEmpty();
            assertThat(store().revisions(scope, Documents.Kind.WAIVER, "one")).hasSize(1);
            assertThat(store().revisions(scope, Documents.Kind.WAIVER, "two")).isEmpty();
        }
        assertThat(store().revisions(other, Documents.Kind.WAIVER, "one")).hasSize(2);
        assertThat(store().documents(Scope.operator("third"), Documents.Kind.WAIVER, "", 10))
                .isEmpty();
    }

    @Test
    default void knowsTheTenantOfAnAccountFromTheCentreAlone() {
        assertThat(store().tenantOf(ACCOUNT)).isEqualTo(Scope.MAIN);
        assertThat(store().tenantOf(FOREIGN)).isEqualTo(OTHER);
    }
}
