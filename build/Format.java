import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks or applies the project's Java format: {@code check|apply FOLDER}. Run by the build on the toolchain's JDK. */
public final class Format {
    public static void main(String[] arguments) throws IOException {
        boolean apply = arguments[0].equals("apply");
        Path folder = Path.of(arguments[1]);
        List<String> wrong = new ArrayList<>();
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                String source = Files.readString(file);
                try {
                    String formatted = formatter.formatSource(ImportOrderer.reorderImports(
                            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.PALANTIR));
                    if (!formatted.equals(source)) {
                        if (apply) {
                            Files.writeString(file, formatted);
                        } else {
                            wrong.add(file.toString());
                        }
                    }
                } catch (FormatterException e) {
                    wrong.add(file + ": " + e.getMessage());
                }
            }
        }
        if (!wrong.isEmpty()) {
            wrong.forEach(file -> System.err.println("not formatted: " + file));
            System.err.println("run: mvn -q process-sources -Ddemarc.format=apply");
            System.exit(1);
        }
    }
}
