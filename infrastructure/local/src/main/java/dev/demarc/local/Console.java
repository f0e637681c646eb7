package dev.demarc.local;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Standard output and standard error of a command, which tests can replace. */
final class Console {
    private Console() {}

    static void out(@Nullable CommandSpec spec, Consumer<PrintWriter> writing) {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, false, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        writing.accept(out);
        out.flush();
    }

    static PrintWriter err(@Nullable CommandSpec spec) {
        return spec == null
                ? new PrintWriter(System.err, true, StandardCharsets.UTF_8)
                : spec.commandLine().getErr();
    }
}
