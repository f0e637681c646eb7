package dev.demarc.local;

import dev.demarc.model.ControlId;
import dev.demarc.record.Role;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.TypeConversionException;

/** The demarc command. Data goes to standard output, everything else to standard error. */
@Command(
        name = "demarc",
        mixinStandardHelpOptions = true,
        version = "demarc 0.1.0",
        description = "Cloud shared responsibility, documented, implemented and continuously validated.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ApiCommand.class,
            TokenCommand.class,
            IngestCommand.class,
            EvaluateCommand.class,
            AuditCommand.class,
            FindingsCommand.class,
            ExportCommand.class,
            RebuildCommand.class,
            RegisterCommand.class,
            CatalogueCommand.class,
            ParityCommand.class,
            TransitionsCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 fine, 1 tool error, 2 usage, 3 findings or rejects at or above the threshold asked for."
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Main());
        // Data is UTF-8 whatever the terminal's language is: JSON has no other encoding, and exports end in files.
        command.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            boolean said = failure instanceof UserError;
            line.getErr().println("demarc: " + (said ? failure.getMessage() : failure.toString()));
            if (!said && Boolean.getBoolean("demarc.trace")) {
                failure.printStackTrace(line.getErr());
            }
            return ExitCode.TOOL_ERROR;
        });
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.registerConverter(Role.class, Main::role);
        command.registerConverter(ControlId.class, Main::control);
        return command;
    }

    private static ControlId control(String word) {
        try {
            return new ControlId(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    /** Roles are called what the API calls them; an underscore for the hyphen is understood as well. */
    private static Role role(String word) {
        for (Role role : Role.values()) {
            if (role.word().equals(word.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return role;
            }
        }
        throw new TypeConversionException("'" + word + "' is no role; say one of "
                + String.join(", ", Stream.of(Role.values()).map(Role::word).toList()));
    }
}
