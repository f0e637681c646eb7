package dev.demarc.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

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
            RebuildCommand.class,
            RegisterCommand.class,
            CatalogueCommand.class,
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
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            boolean said = failure instanceof UserError;
            line.getErr().println("demarc: " + (said ? failure.getMessage() : failure.toString()));
            if (!said && Boolean.getBoolean("demarc.trace")) {
                failure.printStackTrace(line.getErr());
            }
            return ExitCode.TOOL_ERROR;
        });
        command.setCaseInsensitiveEnumValuesAllowed(true);
        return command;
    }
}
