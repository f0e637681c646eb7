package dev.demarc.notify;

import java.util.Locale;

/** What a notice is about. */
public enum NoticeKind {
    FINDING_OPENED,
    /** What could not be judged turned out to fail. */
    FINDING_WORSENED,
    /** Fixed, and not yet confirmed by a sweep. */
    FINDING_FIXED,
    FINDING_CLOSED,
    VALIDATION_LAPSED,
    VALIDATION_RESTORED,
    /** A review of the register no longer counts, for the whole service type or for some controls. */
    REGISTER_STALE,
    REGISTER_RENEWED,
    /** A waiver, or a later expiry of one, waits for a decision. */
    WAIVER_REQUESTED,
    /** Its findings are waived from now on. */
    WAIVER_APPROVED,
    WAIVER_REJECTED,
    /** Its findings are open again. */
    WAIVER_REVOKED,
    WAIVER_EXPIRING,
    /** Its findings are open again. */
    WAIVER_EXPIRED,
    /** Something that it names is more urgent than what it was decided for, and open again. */
    WAIVER_OUTGROWN,
    /** It covers again all that it names. */
    WAIVER_RESTORED,
    ATTESTATION_EXPIRING,
    ATTESTATION_EXPIRED;

    /** The word in notices and subscriptions: {@code finding.opened}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
