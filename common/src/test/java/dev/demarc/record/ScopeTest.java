package dev.demarc.record;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.FOREIGN;
import static dev.demarc.record.Sample.NEIGHBOUR;
import static dev.demarc.record.Sample.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.AccountId;
import dev.demarc.model.Provider;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Main", "-main", "main#1", "main|other", "ma in", "../main", "tenant_1"})
    void refusesWhatIsNoTenant(String tenant) {
        assertThatThrownBy(() -> Scope.operator(tenant))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + tenant + "' is not a tenant");
    }

    @Test
    void refusesATenantThatIsTooLong() {
        Scope.operator("a".repeat(63));

        assertThatThrownBy(() -> Scope.operator("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void coversEveryAccountOfItsTenantAndNoneOfAnother() {
        Scope scope = Scope.operator(Scope.MAIN);

        assertThat(scope.isWhole()).isTrue();
        assertThat(scope.covers(Scope.MAIN, ACCOUNT)).isTrue();
        assertThat(scope.covers(OTHER, ACCOUNT)).isFalse();
    }

    @Test
    void coversOnlyTheAccountsThatItNames() {
        Scope scope = Scope.operator(Scope.MAIN, ACCOUNT);

        assertThat(scope.isWhole()).isFalse();
        assertThat(scope.covers(Scope.MAIN, ACCOUNT)).isTrue();
        assertThat(scope.covers(Scope.MAIN, NEIGHBOUR)).isFalse();
        assertThat(scope.covers(OTHER, ACCOUNT)).isFalse();
        assertThat(scope.covers(Scope.MAIN, new AccountId(Provider.GCP, ACCOUNT.account())))
                .isFalse();
    }

    @Test
    void coversNothingWhenItNamesNoAccount() {
        Scope scope = new Scope(Scope.MAIN, Optional.of(Set.of()), Role.ADMIN, "someone");

        assertThat(scope.isWhole()).isFalse();
        assertThat(scope.covers(Scope.MAIN, ACCOUNT)).isFalse();
    }

    @Test
    void doesNotChangeWithTheSetThatItWasMadeFrom() {
        Set<AccountId> accounts = new HashSet<>(Set.of(ACCOUNT));
        Scope scope = new Scope(Scope.MAIN, Optional.of(accounts), Role.READER, "someone");

        accounts.add(NEIGHBOUR);

        assertThat(scope.covers(NEIGHBOUR)).isFalse();
    }

    @Test
    void knowsTheTenantOfListedAccountsAndOfAllOthers() {
        Tenants tenants = Tenants.of(Map.of(FOREIGN, OTHER), Scope.MAIN);

        assertThat(tenants.of(FOREIGN)).isEqualTo(OTHER);
        assertThat(tenants.of(ACCOUNT)).isEqualTo(Scope.MAIN);
        assertThat(Tenants.single().of(FOREIGN)).isEqualTo(Scope.MAIN);
    }

    @Test
    void namesRolesInTheWordsOfCredentials() {
        assertThat(Role.values())
                .extracting(Role::word)
                .containsExactly("reader", "account-reader", "waiver-approver", "register-editor", "admin");
    }
}
