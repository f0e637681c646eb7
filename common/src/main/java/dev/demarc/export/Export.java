package dev.demarc.export;

import dev.demarc.query.Finding;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/** Writes findings in a format, one after the other: what is held in memory does not grow with their number. */
public final class Export {
    private Export() {}

    /** One format. Writes all of the findings, in their order, and does not close what it writes to. */
    interface Form {
        void write(Iterator<Finding> findings, Appendable out) throws IOException;
    }

    /**
     * Writes the findings and closes their stream. Everything written is Unicode text, to be encoded as UTF-8.
     *
     * @throws IllegalArgumentException before anything is written, when the format needs something that the context does not have
     */
    public static void write(ExportFormat format, Stream<Finding> findings, ExportContext context, Appendable out)
            throws IOException {
        try (findings) {
            form(format, context).write(findings.iterator(), out);
        }
    }

    private static Form form(ExportFormat format, ExportContext context) {
        return switch (format) {
            case NDJSON -> Export::lines;
            case CSV -> new Csv(Csv.Protection.AGAINST_FORMULAS);
            case OCSF -> new Ocsf(context);
            case ASFF ->
                new Asff(
                        context,
                        context.securityHub()
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "an ASFF export needs the account and region of the Security Hub that imports it; name both")));
            case OSCAL -> new Oscal(context);
        };
    }

    private static void lines(Iterator<Finding> findings, Appendable out) throws IOException {
        while (findings.hasNext()) {
            out.append(findings.next().json().write()).append('\n');
        }
    }
}
