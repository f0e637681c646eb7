package dev.demarc.local;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code demarc register}: what the organisation has documented, version by version. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description =
                "What the organisation has documented: check a file, push it as the next version, compare, draft.",
        subcommands = {
            RegisterCheckCommand.class,
            RegisterPushCommand.class,
            RegisterDiffCommand.class,
            RegisterDraftCommand.class,
            RegisterShowCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class RegisterCommand {}
