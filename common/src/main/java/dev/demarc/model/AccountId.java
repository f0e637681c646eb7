package dev.demarc.model;

/** An AWS account, an Azure subscription or a Google project. */
public record AccountId(Provider provider, String account) implements Comparable<AccountId> {
    public AccountId {
        if (account.isBlank() || account.indexOf('|') >= 0 || account.indexOf('#') >= 0) {
            throw new IllegalArgumentException("'" + account + "' is not an account id");
        }
    }

    public static AccountId of(ResourceId resource) {
        return new AccountId(resource.provider(), resource.account());
    }

    /** {@code aws#111122223333}. */
    public String key() {
        return provider.word() + "#" + account;
    }

    public static AccountId ofKey(String key) {
        int hash = key.indexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("'" + key + "' is not an account; expected provider#account");
        }
        return new AccountId(Provider.of(key.substring(0, hash)), key.substring(hash + 1));
    }

    @Override
    public int compareTo(AccountId other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return key();
    }
}
