package dev.demarc.govern;

import dev.demarc.govern.Ruling.Cause;
import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.util.Optional;
import java.util.Set;

/** Who may decide what, and who may see it. The second line behind whatever lets callers in. */
final class Permissions {
    static final Set<Role> APPROVERS = Set.of(Role.WAIVER_APPROVER, Role.ADMIN);
    static final Set<Role> EDITORS = Set.of(Role.REGISTER_EDITOR, Role.ADMIN);

    private Permissions() {}

    /** Why the scope may not decide on something of this account ({@code home} empty: of the whole tenant); empty when it may. */
    static <T> Optional<Ruling<T>> refusal(Scope scope, Set<Role> allowed, Optional<AccountId> home) {
        if (!allowed.contains(scope.role())) {
            return Optional.of(Ruling.refused(
                    Cause.FORBIDDEN,
                    "role",
                    "the role " + scope.role().word() + " does not decide this",
                    "ask for the role "
                            + (allowed.equals(EDITORS) ? Role.REGISTER_EDITOR : Role.WAIVER_APPROVER).word()));
        }
        if (scope.isWhole() || home.filter(scope::covers).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Ruling.refused(
                Cause.FORBIDDEN,
                "subject",
                "it reaches beyond the accounts of the caller",
                "name one of the caller's accounts"));
    }

    /** What is about another account is not seen; what is about all of them is. */
    static boolean sees(Scope scope, Optional<AccountId> home) {
        return scope.isWhole() || home.map(scope::covers).orElse(true);
    }
}
