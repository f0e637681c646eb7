package dev.demarc.record.dynamodb;

import dev.demarc.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
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

    private static final byte DICTIONARY = 1;
    private static final byte[] WORDS = words("dictionary-1.txt");

    private Deflated() {}

    static byte[] of(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(WORDS);
            deflater.setInput(plain);
            deflater.finish();
            byte[] out = new byte[plain.length + plain.length / 1000 + 64];
            out[0] = DICTIONARY;
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
        if (deflated.length == 0 || deflated[0] != DICTIONARY) {
            throw new MalformedJson(
                    "a body is not deflated with a known dictionary; a later release may have written it");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(WORDS);
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
