package dev.demarc.api;

import dev.demarc.record.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One operation: a method on a path template, the roles that may do it, its query parameters, and what does it. {@code access} says whether
 * credentials are needed at all. The OpenAPI document describes exactly these.
 */
record Operation(
        String id,
        String method,
        String template,
        Access access,
        Set<Role> roles,
        List<Parameter> parameters,
        Set<String> answers,
        Handler handler) {

    /** What an operation asks of the caller. */
    enum Access {
        PUBLIC,
        SCOPED,
        /** The scope is the whole tenant and not some of its accounts. */
        WHOLE_TENANT
    }

    /** Does the operation. */
    @FunctionalInterface
    interface Handler {
        ApiResponse handle(Call call);
    }

    static final Set<Role> EVERYONE = EnumSet.allOf(Role.class);
    static final Set<Role> TENANT = EnumSet.complementOf(EnumSet.of(Role.ACCOUNT_READER));
    static final Set<Role> APPROVERS = EnumSet.of(Role.WAIVER_APPROVER, Role.ADMIN);
    static final Set<Role> EDITORS = EnumSet.of(Role.REGISTER_EDITOR, Role.ADMIN);
    static final Set<Role> ADMIN = EnumSet.of(Role.ADMIN);

    Operation {
        roles = Set.copyOf(roles);
        parameters = List.copyOf(parameters);
        answers = Set.copyOf(answers);
    }

    /** A read for the roles. */
    static Operation read(String id, String template, Set<Role> roles, List<Parameter> parameters, Handler handler) {
        return new Operation(id, "GET", template, Access.SCOPED, roles, parameters, Set.of(ApiResponse.JSON), handler);
    }

    /** A read that needs no credentials. */
    static Operation open(String id, String template, String answer, Handler handler) {
        return new Operation(id, "GET", template, Access.PUBLIC, EVERYONE, List.of(), Set.of(answer), handler);
    }

    /** A change by the roles. */
    static Operation change(String id, String method, String template, Set<Role> roles, Handler handler) {
        return new Operation(id, method, template, Access.SCOPED, roles, List.of(), Set.of(ApiResponse.JSON), handler);
    }

    Operation wholeTenant() {
        return new Operation(id, method, template, Access.WHOLE_TENANT, roles, parameters, answers, handler);
    }

    Operation answering(Set<String> contentTypes) {
        return new Operation(id, method, template, access, roles, parameters, contentTypes, handler);
    }

    boolean isRead() {
        return method.equals("GET");
    }

    /** Whether a request of this method is for the operation; HEAD asks for a read without its body. */
    boolean takes(String asked) {
        return method.equals(asked) || (isRead() && asked.equals("HEAD"));
    }
}
