package dev.demarc.catalogue.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/catalogue} says what the catalogue says; {@code -Dgolden.update=true} writes it anew. */
class CataloguePagesTest {
    private static final Path FOLDER = Path.of("../docs/catalogue");

    @Test
    void thePagesAreThoseOfTheCatalogue() throws IOException {
        Map<String, String> pages = new CataloguePages(Catalogue.bundled()).all();
        if (Boolean.getBoolean("golden.update")) {
            write(pages);
        }

        assertThat(read()).isEqualTo(new TreeMap<>(pages));
    }

    private static Map<String, String> read() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return pages;
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(FOLDER);
        for (String old : read().keySet()) {
            Files.delete(FOLDER.resolve(old));
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
        }
    }
}
