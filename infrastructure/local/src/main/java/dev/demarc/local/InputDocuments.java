package dev.demarc.local;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the documents of files, folders and standard input: JSON, or JSON lines of any length as a stream. One document that cannot be
 * read is reported and does not stop the others.
 */
final class InputDocuments {
    private static final Set<String> READ = Set.of(".json", ".jsonl", ".ndjson");

    private final Receiver receiver;

    InputDocuments(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Takes what was read. {@code where} is the file, with the line for JSON lines. */
    interface Receiver {
        void document(String where, Json document) throws IOException;

        void rejected(String where, String why) throws IOException;

        /** A file of a folder that is no input. */
        default void skipped(String where, String why) throws IOException {}
    }

    void readAll(List<String> arguments, InputStream standardInput) throws IOException {
        for (String argument : arguments) {
            if (argument.equals("-")) {
                read("-", standardInput);
            } else {
                readPath(Path.of(argument));
            }
        }
    }

    private void readPath(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(path)) {
                files = walk.filter(Files::isRegularFile).sorted().toList();
            }
            for (Path file : files) {
                if (isRead(file)) {
                    readFile(file);
                } else {
                    receiver.skipped(file.toString(), "is no .json, .jsonl or .ndjson file");
                }
            }
        } else if (Files.isReadable(path)) {
            readFile(path);
        } else {
            receiver.rejected(path.toString(), "there is no such readable file; give a file, a folder or -");
        }
    }

    private static boolean isRead(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return READ.stream().anyMatch(name::endsWith);
    }

    private void readFile(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            read(file.toString(), stream);
        }
    }

    private void read(String name, InputStream stream) throws IOException {
        Lines lines = new Lines(stream);
        Lines.Line first = lines.nextNotBlank();
        if (first == null) {
            receiver.rejected(name, "is empty");
            return;
        }
        Json value = parsed(first);
        Lines.Line second = lines.nextNotBlank();
        if (value != null && second == null) {
            receiver.document(name, value);
        } else if (value != null || (second != null && second.startsLikeDocument() && parsed(second) != null)) {
            line(name, first);
            for (Lines.Line line = second; line != null; line = lines.nextNotBlank()) {
                line(name, line);
            }
        } else {
            whole(name, lines.allFrom(first, second));
        }
    }

    private static @org.jspecify.annotations.Nullable Json parsed(Lines.Line line) {
        if (!line.startsLikeDocument() || line.isTooLong()) {
            return null;
        }
        try {
            return JsonReader.parse(line.bytes(), line.offset(), line.length());
        } catch (MalformedJson notAlone) {
            return null;
        }
    }

    private void line(String name, Lines.Line line) throws IOException {
        String where = name + ":" + line.number();
        if (line.isTooLong()) {
            receiver.rejected(where, "the line is longer than " + Lines.LONGEST + " bytes");
            return;
        }
        Json document;
        try {
            document = JsonReader.parse(line.bytes(), line.offset(), line.length());
        } catch (MalformedJson malformed) {
            receiver.rejected(where, String.valueOf(malformed.getMessage()));
            return;
        }
        receiver.document(where, document);
    }

    private void whole(String name, byte @org.jspecify.annotations.Nullable [] bytes) throws IOException {
        if (bytes == null) {
            receiver.rejected(
                    name,
                    "is one document of more than " + Lines.LONGEST + " bytes; write one document a line (.jsonl)");
            return;
        }
        Json document;
        try {
            document = JsonReader.parse(bytes);
        } catch (MalformedJson malformed) {
            receiver.rejected(name, String.valueOf(malformed.getMessage()));
            return;
        }
        receiver.document(name, document);
    }
}
