package dev.demarc.query;

import dev.demarc.model.AccountId;
import dev.demarc.model.ServiceType;
import java.util.Comparator;

/** A service type in one account: what validation evidence is about. */
record TypeInAccount(AccountId account, ServiceType serviceType) implements Comparable<TypeInAccount> {
    static final Comparator<AccountId> BY_ACCOUNT =
            Comparator.comparing(AccountId::provider).thenComparing(AccountId::account);
    private static final Comparator<TypeInAccount> ORDER =
            Comparator.comparing(TypeInAccount::account, BY_ACCOUNT).thenComparing(TypeInAccount::serviceType);

    @Override
    public int compareTo(TypeInAccount other) {
        return ORDER.compare(this, other);
    }
}
