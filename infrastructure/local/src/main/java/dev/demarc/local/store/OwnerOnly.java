package dev.demarc.local.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Keeps the data file from other users of the machine: it holds the secrets of webhooks. Where the file system has no such modes, nothing is
 * changed.
 */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    /** What SQLite keeps beside the file; it makes them with the mode of the file. */
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm", "-journal");

    private OwnerOnly() {}

    /** Makes the folder (700) and an empty data file (600) where they are missing, and takes an existing file from the others. */
    static void prepare(Path folder, Path file) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder);
            return;
        }
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        make(file, PosixFilePermissions.asFileAttribute(FILE));
        for (String suffix : SUFFIXES) {
            Path one = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(one) && !Files.getPosixFilePermissions(one).equals(FILE)) {
                Files.setPosixFilePermissions(one, FILE);
            }
        }
    }

    private static void make(Path file, FileAttribute<?> mode) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createFile(file, mode);
        } catch (FileAlreadyExistsException madeByAnother) {
            // Another process was faster, and made it with this mode.
        }
    }
}
