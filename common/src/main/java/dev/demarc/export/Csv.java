package dev.demarc.export;

import dev.demarc.query.Finding;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * RFC 4180: a header row, CR LF after each row, every cell quoted. A text that a spreadsheet would take for a formula gets an apostrophe
 * before it, also behind leading space, and behind a semicolon, tab or line break within the text, because a spreadsheet that is set to
 * another separator begins a cell there. Numbers are written by us and need none.
 */
record Csv(Protection protection) implements Export.Form {
    enum Protection {
        AGAINST_FORMULAS,
        /** Only to show what the protection is for. */
        NONE
    }

    private record Column(String name, boolean isNumber, Function<Finding, String> value) {
        static Column text(String name, Function<Finding, String> value) {
            return new Column(name, false, value);
        }

        static Column optional(String name, Function<Finding, ? extends Optional<?>> value) {
            return new Column(
                    name,
                    false,
                    finding -> value.apply(finding).map(Object::toString).orElse(""));
        }

        static Column number(String name, Function<Finding, ? extends Number> value) {
            return new Column(name, true, finding -> value.apply(finding).toString());
        }
    }

    private static final List<Column> COLUMNS = List.of(
            Column.text("id", Finding::id),
            Column.text("subject", one -> one.subject().name()),
            Column.text("question", one -> one.question().name()),
            Column.text("category", one -> one.category().name()),
            Column.number("priority", one -> one.priority().score()),
            Column.text("band", one -> one.priority().band().name()),
            Column.text("provider", one -> one.provider().word()),
            Column.optional("account", Finding::account),
            Column.optional("region", one -> new Described(one).region()),
            Column.text("serviceType", one -> one.serviceType().name()),
            Column.text("class", Finding::serviceClass),
            Column.text("tier", Finding::tier),
            Column.optional("resource", Finding::resource),
            Column.text("control", one -> one.control().value()),
            Column.text("title", Finding::title),
            Column.text("pattern", Finding::pattern),
            Column.text("responsibility", Finding::responsibility),
            Column.optional("verdict", Finding::verdict),
            Column.text("reason", Finding::reason),
            Column.text("remediation", Finding::remediation),
            Column.text("source", Finding::source),
            Column.text("documented", one -> answer(one.assurance().documented(), true)),
            Column.text(
                    "implemented",
                    one -> answer(one.assurance().implemented(), one.subject() == Finding.Subject.RESOURCE)),
            Column.text(
                    "validated",
                    one -> answer(one.assurance().validated(), one.subject() != Finding.Subject.SERVICE_TYPE)),
            Column.text("dataSensitivity", one -> one.priority().sensitivity().name()),
            Column.text(
                    "businessCriticality", one -> one.priority().criticality().name()),
            Column.number("controlWeight", one -> one.priority().weight()),
            Column.number("exposure", one -> one.priority().exposure()),
            Column.optional("owner", Finding::owner),
            Column.optional("workload", Finding::workload),
            Column.optional("since", Finding::since),
            Column.optional("changedAt", Finding::changedAt),
            Column.optional("lapsedAt", Finding::lapsedAt),
            Column.optional("waiver", one -> one.waived().map(Finding.Waived::waiver)),
            Column.optional("waivedBy", one -> one.waived().map(Finding.Waived::owner)),
            Column.optional("waivedUntil", one -> one.waived().map(Finding.Waived::until)));

    private static String answer(boolean answer, boolean isAsked) {
        return isAsked ? answer ? "yes" : "no" : "";
    }

    @Override
    public void write(Iterator<Finding> findings, Appendable out) throws IOException {
        StringBuilder row = new StringBuilder();
        for (Column column : COLUMNS) {
            cell(row, column.name());
        }
        end(row, out);
        while (findings.hasNext()) {
            Finding finding = findings.next();
            for (Column column : COLUMNS) {
                String value = column.value().apply(finding);
                cell(row, column.isNumber() || protection == Protection.NONE ? value : harmless(value));
            }
            end(row, out);
        }
    }

    private static void cell(StringBuilder row, String value) {
        row.append(row.isEmpty() ? "\"" : ",\"")
                .append(value.replace("\"", "\"\""))
                .append('"');
    }

    private static void end(StringBuilder row, Appendable out) throws IOException {
        out.append(row.append("\r\n"));
        row.setLength(0);
    }

    static String harmless(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 1);
        boolean atStart = true;
        if (startsWithTabOrReturn(text)) {
            safe.append('\'');
            atStart = false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (atStart && isFormulaStart(c)) {
                safe.append('\'');
            }
            // A quotation mark or space does not end the start of a cell: spreadsheets drop both.
            atStart = isSeparator(c) || (atStart && (isIgnored(c) || c == '"'));
            safe.append(c < ' ' && !isSeparator(c) ? ' ' : c);
        }
        return safe.toString();
    }

    private static boolean startsWithTabOrReturn(String text) {
        return !text.isEmpty() && (text.charAt(0) == '\t' || text.charAt(0) == '\r');
    }

    private static boolean isIgnored(char c) {
        return c < ' ' || Wording.isSpace(c) || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isSeparator(char c) {
        return c == ';' || c == '\t' || c == '\r' || c == '\n';
    }

    /** The full-width forms too: spreadsheets in East Asian settings take them for the plain ones. */
    private static boolean isFormulaStart(char c) {
        return "=+-@＝＋－＠".indexOf(c) >= 0;
    }
}
