package dev.demarc.record;

import dev.demarc.model.AccountId;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks and what they may see: one tenant, all its accounts or only some, in one role. Derived from verified credentials, and required
 * by every query of the store. {@code subject} names the caller in the history of what they decide.
 */
public record Scope(String tenant, Optional<Set<AccountId>> accounts, Role role, String subject) {
    /** The tenant of a suite that serves one organisation. */
    public static final String MAIN = "main";

    public Scope {
        if (!tenant.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "'" + tenant + "' is not a tenant; it has lower-case letters, digits and hyphens");
        }
        accounts = accounts.map(Set::copyOf);
    }

    /** All accounts of the tenant, for the suite's own work: projection, rebuild, commands on one machine. */
    public static Scope operator(String tenant) {
        return new Scope(tenant, Optional.empty(), Role.ADMIN, "operator");
    }

    /** One account of the tenant, in the role of the suite's own work. */
    public static Scope operator(String tenant, AccountId account) {
        return new Scope(tenant, Optional.of(Set.of(account)), Role.ADMIN, "operator");
    }

    public boolean covers(AccountId account) {
        return accounts.map(some -> some.contains(account)).orElse(true);
    }

    public boolean covers(String otherTenant, AccountId account) {
        return tenant.equals(otherTenant) && covers(account);
    }

    /** True when the scope is the whole tenant. */
    public boolean isWhole() {
        return accounts.isEmpty();
    }
}
