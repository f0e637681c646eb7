package dev.demarc.record.dynamodb;

import dev.demarc.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Bytes deflated with a dictionary of what bodies usually say, after one byte that names the dictionary. With it an observation of twenty
 * verdicts has 150 to 200 bytes, without 600 to 800. A dictionary never changes: what was written with it needs it to be read.
 */
final class Deflated {
    // An account writes its own bodies: a few bytes must not become gigabytes here.
    static final int LONGEST = 4 << 20;

    // By the byte that names them, from 1. What is written takes the newest.
    private static final List<byte[]> DICTIONARIES = List.of(words("dictionary-1.txt"), words("dictionary-2.txt"));
    private static final byte NEWEST = (byte) DICTIONARIES.size();

    private Deflated() {}

    static byte[] of(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(DICTIONARIES.getLast());
            deflater.setInput(plain);
            deflater.finish();
            byte[] out = new byte[plain.length + plain.length / 1000 + 64];
            out[0] = NEWEST;
            return Arrays.copyOf(out, 1 + deflater.deflate(out, 1, out.length - 1));
        } finally {
            deflater.end();
        }
    }

    static byte[] plain(byte[] deflated) {
        return plain(deflated, LONGEST);
    }

    /** The plain bytes, of which there may be so many; a {@link MalformedJson} when there are more. */
    static byte[] plain(byte[] deflated, int longest) {
        if (deflated.length == 0 || deflated[0] < 1 || deflated[0] > NEWEST) {
            throw new MalformedJson(
                    "a body is not deflated with a known dictionary; a later release may have written it");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(DICTIONARIES.get(deflated[0] - 1));
            inflater.setInput(deflated, 1, deflated.length - 1);
            return all(inflater, new byte[Math.max(1024, deflated.length * 8)], longest);
        } catch (DataFormatException e) {
            throw new MalformedJson("a body is not deflated data");
        } finally {
            inflater.end();
        }
    }

    private static byte[] all(Inflater inflater, byte[] first, int longest) throws DataFormatException {
        byte[] out = first;
        int length = 0;
        while (!inflater.finished()) {
            int more = inflater.inflate(out, length, out.length - length);
            length += more;
            if (length > longest || (more == 0 && !inflater.finished())) {
                throw new MalformedJson("a deflated body is cut off or longer than " + longest + " bytes");
            }
            if (length == out.length) {
                out = Arrays.copyOf(out, out.length * 2);
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static byte[] words(String name) {
        try (InputStream in = Objects.requireNonNull(Deflated.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
