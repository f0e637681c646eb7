package dev.demarc.local.store;

import dev.demarc.model.AccountId;

/** The resource keys and finding ids of one account, both exclusive: they begin with provider and account. */
record KeyRange(String after, String before) {

    static KeyRange of(AccountId account, String after) {
        String start = account.provider().word() + "|" + account.account();
        String first = start + "|";
        // The character that follows the separator ends the range.
        return new KeyRange(after.compareTo(first) > 0 ? after : first, start + "}");
    }
}
