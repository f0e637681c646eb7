package dev.demarc.govern;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Who decides what, for the tests of decisions. */
public final class Callers {
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final Scope ANA = caller("ana", Role.WAIVER_APPROVER);
    public static final Scope BEN = caller("ben", Role.WAIVER_APPROVER);
    public static final Scope EDITOR = caller("edi", Role.REGISTER_EDITOR);
    public static final AccountId ACCOUNT = new AccountId(Provider.AWS, "111122223333");
    public static final AccountId OTHER = new AccountId(Provider.AWS, "444455556666");
    public static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    public static final ControlId RESTORE = new ControlId("DAT-06");

    private Callers() {}

    public static Scope caller(String subject, Role role) {
        return new Scope(Scope.MAIN, Optional.empty(), role, subject);
    }

    static Scope of(AccountId account) {
        return new Scope(Scope.MAIN, Optional.of(Set.of(account)), Role.WAIVER_APPROVER, "cleo");
    }

    public static WaiverRequest request(Duration life) {
        return new WaiverRequest(
                new Waiver.Subject(RESTORE, Optional.empty(), Optional.of(ACCOUNT), Optional.of(BUCKET)),
                "storage team",
                "is being replaced",
                Optional.of(Waiver.Decision.FIX_LATER),
                "nightly copies",
                Optional.of(NOW.plus(life)));
    }

    public static <T> T done(Ruling<T> ruling) {
        return switch (ruling) {
            case Ruling.Done<T>(T value) -> value;
            case Ruling.Refused<T> refused -> throw new AssertionError(refused.toString());
        };
    }

    static Ruling.Refused<?> refused(Ruling<?> ruling) {
        return switch (ruling) {
            case Ruling.Done<?> done -> throw new AssertionError("it was done: " + done);
            case Ruling.Refused<?> refused -> refused;
        };
    }
}
