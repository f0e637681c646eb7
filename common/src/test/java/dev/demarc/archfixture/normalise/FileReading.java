package dev.demarc.archfixture.normalise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public final class FileReading {
    String read(Path path) throws IOException {
        return Files.readString(path);
    }
}
