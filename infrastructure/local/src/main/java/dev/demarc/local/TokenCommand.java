package dev.demarc.local;

import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demarc token}: a bearer token for a role, for tests and small teams. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Print a bearer token for the API of this data directory, signed with its api-key.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(
            names = "--role",
            required = true,
            description = "reader, account-reader, waiver-approver, register-editor or admin")
    private Role role = Role.READER;

    @Option(names = "--tenant", defaultValue = Scope.MAIN, description = "tenant (default: ${DEFAULT-VALUE})")
    private String tenant = Scope.MAIN;

    @Option(names = "--account", paramLabel = "PROVIDER#ACCOUNT", description = "only this account; may be repeated")
    private List<String> accounts = List.of();

    @Option(
            names = "--subject",
            description = "who it is for, as the history of decisions names them (default: the role)")
    private @Nullable String subject;

    @Option(names = "--hours", defaultValue = "12", description = "how long it is good for (default: ${DEFAULT-VALUE})")
    private int hours;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (role == Role.ACCOUNT_READER && accounts.isEmpty()) {
            throw new UserError("an account-reader reads some accounts; name them with --account PROVIDER#ACCOUNT");
        }
        if (hours < 1 || hours > 24 * 90) {
            throw new UserError("a token is good for 1 to " + 24 * 90 + " hours; got " + hours);
        }
        List<AccountId> ids = accounts.stream().map(TokenCommand::account).toList();
        String token = ApiTokens.open(options.directory())
                .issue(
                        role,
                        tenant,
                        ids,
                        subject == null ? role.word() : subject,
                        Instant.now().plus(Duration.ofHours(hours)));
        Console.out(spec, out -> out.println(token));
        return ExitCode.FINE;
    }

    private static AccountId account(String key) {
        try {
            return AccountId.ofKey(key);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }
}
