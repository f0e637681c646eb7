import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Checks or applies the project's Java format: {@code check|apply FOLDER...}. Run by the build on the toolchain's JDK. */
public final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    public static void main(String[] arguments) throws IOException {
        boolean apply = arguments[0].equals("apply");
        List<String> problems = new ArrayList<>();
        for (String folder : Arrays.asList(arguments).subList(1, arguments.length)) {
            for (Path file : javaFilesIn(Path.of(folder))) {
                visit(file, apply, problems);
            }
        }
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.err.println("format with: mvn -q -N process-sources -Ddemarc.format=apply");
            System.exit(1);
        }
    }

    private static List<Path> javaFilesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static void visit(Path file, boolean apply, List<String> problems) throws IOException {
        String source = Files.readString(file);
        String formatted;
        try {
            formatted = FORMATTER.formatSource(
                    ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), Style.PALANTIR));
        } catch (FormatterException e) {
            problems.add(file + ": cannot be read by the formatter: " + e.getMessage());
            return;
        }
        if (formatted.equals(source)) {
            return;
        }
        if (apply) {
            Files.writeString(file, formatted);
        } else {
            problems.add(file + ": not formatted");
        }
    }
}
