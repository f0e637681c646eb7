package dev.demarc.local;

import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command gives its answer: the format asked for, to the standard output of the command it is mixed into. */
final class Output {
    @Option(
            names = {"-o", "--output"},
            defaultValue = "TABLE",
            description = "table, json, ndjson or csv")
    private OutputFormat format = OutputFormat.TABLE;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    OutputFormat format() {
        return format;
    }

    boolean isJson() {
        return format == OutputFormat.JSON;
    }

    void write(Table table) {
        write(out -> table.write(format, out));
    }

    void write(Consumer<PrintWriter> writing) {
        Console.out(spec, writing);
    }

    /** For what is no part of the answer. */
    PrintWriter err() {
        return Console.err(spec);
    }
}
