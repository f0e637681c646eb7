package dev.demarc.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.query.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    private static final Pattern FORMULA = Pattern.compile("^[\\s\\h\\p{Cf}\\p{Cntrl}\"]*[=+\\-@＝＋－＠]");

    @Test
    void hasAHeaderAndOneRowOfAsManyCellsPerFinding() {
        List<List<String>> rows = cells(Findings.write(ExportFormat.CSV, Findings.ofEveryKind().stream()), ',');

        assertThat(rows).hasSize(1 + Findings.ofEveryKind().size());
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
        assertThat(rows.get(1).get(rows.getFirst().indexOf("priority")))
                .isEqualTo(Integer.toString(Findings.resource(1).priority().score()));
        assertThat(rows.get(1).get(rows.getFirst().indexOf("region"))).isEqualTo("eu-west-1");
        assertThat(rows.get(5).get(rows.getFirst().indexOf("implemented"))).isEmpty();
        assertThat(rows.get(5).get(rows.getFirst().indexOf("documented"))).isEqualTo("no");
    }

    @Test
    void quotesEveryCellAndEndsEveryRowAsTheStandardSays() {
        String csv = Findings.write(ExportFormat.CSV, Stream.of(Findings.resource(1)));

        assertThat(csv.split("\r\n"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).matches("(\"[^\"]*\",)+\"[^\"]*\""));
        assertThat(csv).endsWith("\r\n");
    }

    @Test
    void keepsHostileTextsInTheirCell() {
        List<Finding> hostile = Findings.hostile().toList();

        List<List<String>> rows = cells(Findings.write(ExportFormat.CSV, hostile.stream()), ',');

        assertThat(rows).hasSize(1 + hostile.size());
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
        int reason = rows.getFirst().indexOf("reason");
        assertThat(rows.get(1 + Findings.HOSTILE.indexOf("a\"b,\"\"c")).get(reason))
                .isEqualTo("a\"b,\"\"c");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void givesASpreadsheetNoFormulaWhateverItsSeparator(String separator) throws IOException {
        assertThat(formulas(Csv.Protection.AGAINST_FORMULAS, separator.charAt(0)))
                .isEmpty();

        assertThat(formulas(Csv.Protection.NONE, separator.charAt(0)))
                .as("without the protection")
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            =1+1,            '=1+1
            +49,             '+49
            a-b,             a-b
            a = b,           a = b
            user@example.org, user@example.org
            a; -b,           a; '-b
            2026-11-24,      2026-11-24
            'quoted',        'quoted'
            """)
    void changesOnlyWhatCouldBeAFormula(String text, String expected) {
        assertThat(Csv.harmless(text)).isEqualTo(expected);
    }

    @Test
    void putsAnApostropheBeforeATabOrReturn() {
        assertThat(Csv.harmless("\tx")).isEqualTo("'\tx");
        assertThat(Csv.harmless("\rx")).isEqualTo("'\rx");
        assertThat(Csv.harmless("   =1")).isEqualTo("   '=1");
    }

    /** What a spreadsheet that reads with this separator would compute. */
    private static List<String> formulas(Csv.Protection protection, char separator) throws IOException {
        StringBuilder csv = new StringBuilder();
        new Csv(protection).write(Findings.hostile().iterator(), csv);
        return cells(csv.toString(), separator).stream()
                .flatMap(List::stream)
                .filter(cell -> FORMULA.matcher(cell).find())
                .map(cell -> cell.length() > 60 ? cell.substring(0, 60) : cell)
                .toList();
    }

    /** As spreadsheets read: a quotation mark has a meaning at the start of a cell only. Also breaks lines inside of what is not quoted. */
    private static List<List<String>> cells(String csv, char separator) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean started = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && !started) {
                quoted = true;
                started = true;
            } else if (c == separator) {
                row.add(cell.toString());
                cell.setLength(0);
                started = false;
            } else if (c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                started = false;
                rows.add(row);
                row = new ArrayList<>();
            } else if (c != '\r') {
                cell.append(c);
                started = true;
            }
        }
        return rows;
    }
}
