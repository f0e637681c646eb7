package dev.demarc.record;

import dev.demarc.model.AccountId;
import java.util.Map;

/** Which tenant an account belongs to: decided centrally, never by what the account writes. */
@FunctionalInterface
public interface Tenants {
    String of(AccountId account);

    /** Every account belongs to the one organisation. */
    static Tenants single() {
        return ignored -> Scope.MAIN;
    }

    /** Accounts that are not listed belong to {@code otherwise}. */
    static Tenants of(Map<AccountId, String> listed, String otherwise) {
        Map<AccountId, String> copy = Map.copyOf(listed);
        return account -> copy.getOrDefault(account, otherwise);
    }
}
