package dev.demarc.api;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The authorization matrix, generated from the OpenAPI document: every operation × every role × whose credentials, with what must be
 * answered. Requests are about things of the first tenant of {@link Estates}, in its first account.
 */
public final class Cells {
    public static final String OWNER = Estates.TENANTS.getFirst();
    private static final String STRANGER = Estates.TENANTS.getLast();

    private Cells() {}

    /** Whose credentials, and whether they are good. */
    public enum Kind {
        OWN,
        OTHER_TENANT,
        /** Of the tenant, for other accounts only; for the account reader alone. */
        OTHER_ACCOUNT,
        NONE,
        EXPIRED,
        FORGED,
        WRONG_AUDIENCE;

        boolean isGood() {
            return this == OWN || this == OTHER_TENANT || this == OTHER_ACCOUNT;
        }
    }

    /** One cell: who asks what. */
    public record Cell(
            String operation, String method, String template, Optional<Set<String>> allowed, Role role, Kind kind) {

        /** The scope that good credentials of this cell give; for bad ones the scope that they would give if they were good. */
        public Scope scope() {
            if (kind == Kind.OTHER_ACCOUNT) {
                return new Scope(
                        OWNER, Optional.of(Set.of(Estates.accounts(OWNER).getLast())), role, "other-account");
            }
            return Estates.scope(kind == Kind.OTHER_TENANT ? STRANGER : OWNER, role);
        }

        public String path() {
            AccountId account = Estates.accounts(OWNER).getFirst();
            String resource = Estates.bucket(account, 1).key();
            String id = template.startsWith("/v1/findings")
                    ? resource + "|DAT-06"
                    : template.startsWith("/v1/resources")
                            ? resource
                            : template.startsWith("/v1/waivers")
                                    ? Estates.waiver(account)
                                    : template.startsWith("/v1/attestations")
                                            ? Estates.attestation(account)
                                            : Estates.webhook(OWNER);
            return template.replace("{id}", Asked.encoded(id))
                    .replace("{version}", "1")
                    .replace("{other}", "1")
                    .replace("{format}", "ndjson");
        }

        /** Nothing that would be done: what the caller may do stops at the body or at If-Match. */
        public String body() {
            return method.equals("GET") || method.equals("DELETE") ? "" : "{}";
        }

        /** What is wrong with the answer; empty when it is as it must be. */
        public Optional<String> fault(int status, String body) {
            boolean asWanted = wanted().contains(status);
            Optional<String> leaked = allowed.isEmpty() ? Optional.empty() : leaked(body);
            if (asWanted && leaked.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(this + " answered " + status + ", wanted " + wanted()
                    + leaked.map(marker -> ", and shows " + marker).orElse(""));
        }

        private Optional<String> leaked(String body) {
            List<String> markers = new ArrayList<>(Estates.foreign(scope()));
            if (!kind.isGood()) {
                // Whoever has no good credentials sees nothing of anybody.
                markers.addAll(Estates.TENANTS);
                Estates.accounts(OWNER).forEach(account -> markers.add(account.account()));
            }
            return markers.stream().filter(body::contains).findFirst();
        }

        private Set<Integer> wanted() {
            if (allowed.isEmpty()) {
                return Set.of(200);
            }
            if (!kind.isGood()) {
                return Set.of(401);
            }
            if (!allowed.get().contains(role.word())) {
                return Set.of(403);
            }
            if (kind != Kind.OWN && template.contains("{id}")) {
                return Set.of(404);
            }
            return method.equals("GET") ? Set.of(200) : Set.of(422, 428);
        }
    }

    public static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        description()
                .at("paths")
                .members()
                .forEach((template, item) -> item.members().forEach((method, operation) -> {
                    Set<String> roles = new HashSet<>();
                    operation
                            .at("x-demarc-roles")
                            .elements()
                            .forEach(role -> roles.add(role.text().orElse("")));
                    boolean isPublic = operation.members().containsKey("security");
                    for (Role role : Role.values()) {
                        for (Kind kind : Kind.values()) {
                            if (kind != Kind.OTHER_ACCOUNT || role == Role.ACCOUNT_READER) {
                                cells.add(new Cell(
                                        operation.textAt("operationId", ""),
                                        method.toUpperCase(Locale.ROOT),
                                        template,
                                        isPublic ? Optional.empty() : Optional.of(roles),
                                        role,
                                        kind));
                            }
                        }
                    }
                }));
        return cells;
    }

    /** The ids of all operations of the document, counted in another way than the cells. */
    public static long operations() {
        return SystemOperations.resource("findings-api.yaml")
                .lines()
                .filter(line -> line.strip().startsWith("operationId:"))
                .count();
    }

    private static Json description() {
        return JsonReader.parse(SystemOperations.resource("findings-api.json"));
    }
}
