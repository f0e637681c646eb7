package dev.demarc.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream into lines of bytes without decoding them, in memory that does not grow with the stream. */
final class Lines {
    /** The longest line, and the largest single document, in bytes. */
    static final int LONGEST = 32 * 1024 * 1024;

    private final InputStream stream;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int end;
    private int number;

    Lines(InputStream stream) {
        this.stream = stream;
    }

    /** One line; the bytes are valid until the next line is read, except for the first two. */
    record Line(byte[] bytes, int offset, int length, int number, boolean isTooLong) {

        boolean startsLikeDocument() {
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '{' || bytes[i] == '[') {
                    return true;
                }
                boolean skip = bytes[i] == ' '
                        || bytes[i] == '\t'
                        || bytes[i] == (byte) 0xEF
                        || bytes[i] == (byte) 0xBB
                        || bytes[i] == (byte) 0xBF;
                if (!skip) {
                    return false;
                }
            }
            return false;
        }

        private Line kept() {
            return new Line(Arrays.copyOfRange(bytes, offset, offset + length), 0, length, number, isTooLong);
        }

        private boolean isBlank() {
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /** The next line that is not blank; null at the end. The first two are copies, so that they can be read again. */
    @Nullable
    Line nextNotBlank() throws IOException {
        while (true) {
            Line line = next();
            if (line == null) {
                return null;
            }
            if (!line.isBlank()) {
                return number <= 2 ? line.kept() : line;
            }
        }
    }

    /** Everything from these lines to the end of the stream; null when it is larger than {@link #LONGEST}. */
    byte @Nullable [] allFrom(Line first, @Nullable Line second) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(first.bytes(), first.offset(), first.length());
        if (second != null) {
            // Blank lines between the two keep the line numbers of messages true.
            for (int i = first.number(); i < second.number(); i++) {
                all.write('\n');
            }
            all.write(second.bytes(), second.offset(), second.length());
            all.write('\n');
        }
        all.write(buffer, from, end - from);
        from = end;
        byte[] rest = stream.readNBytes(LONGEST - Math.min(LONGEST, all.size()) + 1);
        all.write(rest);
        return all.size() > LONGEST ? null : all.toByteArray();
    }

    private @Nullable Line next() throws IOException {
        int scanned = from;
        boolean tooLong = false;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    Line line = new Line(buffer, from, i - from, ++number, tooLong);
                    from = i + 1;
                    return line;
                }
            }
            if (end - from > LONGEST) {
                // Drop what was read of this line: only its number matters now.
                tooLong = true;
                end = from;
            }
            int length = end - from;
            if (!fill()) {
                if (from == end && !tooLong) {
                    return null;
                }
                Line line = new Line(buffer, from, end - from, ++number, tooLong);
                from = end;
                return line;
            }
            scanned = from + length;
        }
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, end - from);
            end -= from;
            from = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = stream.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            return false;
        }
        end += read;
        return true;
    }
}
