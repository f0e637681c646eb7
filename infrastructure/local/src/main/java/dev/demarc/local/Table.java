package dev.demarc.local;

import dev.demarc.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of named cells, written as a table, JSON, JSON lines or CSV. */
final class Table {
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... columns) {
        this.columns = List.of(columns);
    }

    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
    }

    void write(OutputFormat format, PrintWriter out) {
        switch (format) {
            case TABLE -> writeTable(out);
            case JSON ->
                out.println(Json.array(rows.stream().map(this::json).toList()).write());
            case NDJSON -> rows.forEach(row -> out.println(json(row).write()));
            case CSV -> writeCsv(out);
        }
        out.flush();
    }

    private Json json(List<String> row) {
        Json.Builder object = Json.object();
        for (int i = 0; i < columns.size(); i++) {
            object.with(columns.get(i), row.get(i));
        }
        return object.build();
    }

    private void writeTable(PrintWriter out) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .reduce(columns.get(i).length(), Math::max);
        }
        out.println(line(columns, widths));
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i));
            if (i + 1 < cells.size()) {
                line.append(" ".repeat(widths[i] - cells.get(i).length() + 2));
            }
        }
        return line.toString();
    }

    private void writeCsv(PrintWriter out) {
        out.println(String.join(",", columns));
        rows.forEach(
                row -> out.println(String.join(",", row.stream().map(Table::csv).toList())));
    }

    /** Quoted when needed; a cell that a spreadsheet would take for a formula is made text. */
    private static String csv(String cell) {
        String safe = !cell.isEmpty() && "=+-@\t".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        boolean quote = safe.contains(",") || safe.contains("\"") || safe.contains("\n");
        return quote ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
