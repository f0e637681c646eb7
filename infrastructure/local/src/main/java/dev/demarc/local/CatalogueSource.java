package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A compiled catalogue that a user names: a jar of a release, a folder of compiled files, or the bundled one. */
final class CatalogueSource implements AutoCloseable {
    private final Catalogue catalogue;
    private final Optional<FileSystem> jar;

    private CatalogueSource(Catalogue catalogue, Optional<FileSystem> jar) {
        this.catalogue = catalogue;
        this.jar = jar;
    }

    static CatalogueSource of(String name) throws IOException {
        if (name.equals("bundled")) {
            return new CatalogueSource(Catalogue.bundled(), Optional.empty());
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            return new CatalogueSource(in(path, name), Optional.empty());
        }
        if (!Files.isReadable(path)) {
            throw new UserError("there is no catalogue at " + name
                    + "; give a demarc jar, a folder of compiled catalogue files, or 'bundled'");
        }
        FileSystem opened = FileSystems.newFileSystem(path);
        try {
            return new CatalogueSource(in(opened.getPath("/"), name), Optional.of(opened));
        } catch (UserError e) {
            opened.close();
            throw e;
        }
    }

    private static Catalogue in(Path root, String name) {
        Path folder = Files.isDirectory(root.resolve("catalogue-compiled")) ? root.resolve("catalogue-compiled") : root;
        if (!Files.isReadable(folder.resolve("index.json"))) {
            throw new UserError(name + " holds no compiled catalogue: there is no index.json in it");
        }
        return Catalogue.of(file -> open(folder.resolve(file)));
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue file " + file + " cannot be read", e);
        }
    }

    Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public void close() throws IOException {
        if (jar.isPresent()) {
            jar.get().close();
        }
    }
}
