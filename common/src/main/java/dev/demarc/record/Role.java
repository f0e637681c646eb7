package dev.demarc.record;

/** What a caller may do. */
public enum Role {
    /** Reads everything of the tenant. */
    READER,
    /** Reads what belongs to the accounts of the scope. */
    ACCOUNT_READER,
    /** Reads, and requests, approves and revokes waivers and attestations. */
    WAIVER_APPROVER,
    /** Reads, and writes the register. */
    REGISTER_EDITOR,
    /** Everything, webhooks and rebuild included. */
    ADMIN;

    /** The word in credentials and answers: {@code account-reader}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
