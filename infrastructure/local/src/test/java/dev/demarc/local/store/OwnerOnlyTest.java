package dev.demarc.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no such modes")
class OwnerOnlyTest {
    @TempDir
    Path parent;

    private Path folder = Path.of("data");

    @BeforeEach
    void name() {
        folder = parent.resolve("data");
    }

    @Test
    void everyDataFileAndTheFolderAreTheOwnersAlone() throws IOException {
        SqliteStore store = SqliteStore.open(folder);
        try (store) {
            store.accounts();

            assertThat(mode(folder)).isEqualTo("rwx------");
            assertThat(files()).contains("demarc.db", "demarc.db-wal", "demarc.db-shm");
            for (String file : files()) {
                assertThat(mode(folder.resolve(file))).as(file).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void anExistingDataFileIsTakenFromTheOthersAndAFolderIsLeft() throws IOException {
        SqliteStore.open(folder).close();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve("demarc.db"), PosixFilePermissions.fromString("rw-r--r--"));

        SqliteStore.open(folder).close();

        assertThat(mode(folder.resolve("demarc.db"))).isEqualTo("rw-------");
        assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
