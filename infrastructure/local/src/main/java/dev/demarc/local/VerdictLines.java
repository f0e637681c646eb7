package dev.demarc.local;

import dev.demarc.json.JsonWriter;
import dev.demarc.model.ControlId;
import dev.demarc.model.Observation;
import dev.demarc.model.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Writes one JSON line per verdict. The parts that recur are encoded once: output is most of the work of an evaluation. */
final class VerdictLines {
    private static final int FLUSH_AT = 1 << 16;

    private final OutputStream out;
    private final Map<ControlId, Map<Verdict, byte[]>> middles = new HashMap<>();
    private final byte[] buffer = new byte[FLUSH_AT];
    private int length;

    VerdictLines(OutputStream out) {
        this.out = out;
    }

    void observation(Observation observation) throws IOException {
        if (!observation.isCatalogued()) {
            StringBuilder line = new StringBuilder(160);
            line.append("{\"resource\":");
            JsonWriter.appendText(line, observation.resource().nativeId());
            line.append(",\"serviceType\":");
            JsonWriter.appendText(line, observation.serviceType().name());
            line.append(",\"uncatalogued\":true}\n");
            write(utf8(line));
            return;
        }
        byte[] head = head(observation);
        byte[] tail = tail(observation.version().observedAt());
        for (Map.Entry<ControlId, Verdict> verdict : observation.verdicts().entrySet()) {
            write(head);
            write(middle(verdict.getKey(), verdict.getValue()));
            write(tail);
        }
    }

    void rejected(String input, String why) throws IOException {
        StringBuilder line = new StringBuilder(160);
        line.append("{\"input\":");
        JsonWriter.appendText(line, input);
        line.append(",\"rejected\":");
        JsonWriter.appendText(line, why);
        write(utf8(line.append("}\n")));
    }

    void flush() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
        out.flush();
    }

    private static byte[] head(Observation observation) {
        StringBuilder head = new StringBuilder(200);
        head.append("{\"provider\":\"")
                .append(observation.resource().provider().word())
                .append("\",\"account\":");
        JsonWriter.appendText(head, observation.resource().account());
        head.append(",\"serviceType\":");
        JsonWriter.appendText(head, observation.serviceType().name());
        head.append(",\"resource\":");
        JsonWriter.appendText(head, observation.resource().nativeId());
        head.append(",\"control\":\"");
        return utf8(head);
    }

    private byte[] middle(ControlId control, Verdict verdict) {
        // Verdicts recur as the same objects, so identity finds nearly all of them.
        Map<Verdict, byte[]> ofControl = middles.computeIfAbsent(control, ignored -> new IdentityHashMap<>());
        byte[] known = ofControl.get(verdict);
        if (known != null) {
            return known;
        }
        String reason = verdict.reason();
        StringBuilder middle = new StringBuilder(reason.length() + 60);
        middle.append(control.value())
                .append("\",\"verdict\":\"")
                .append(verdict.word())
                .append("\",\"reason\":");
        JsonWriter.appendText(middle, reason);
        middle.append(",\"observedAt\":");
        byte[] bytes = utf8(middle);
        if (ofControl.size() < 1000) {
            ofControl.put(verdict, bytes);
        }
        return bytes;
    }

    private static byte[] tail(Instant observedAt) {
        return ("\"" + observedAt + "\"}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(byte[] bytes) throws IOException {
        if (length + bytes.length > FLUSH_AT) {
            out.write(buffer, 0, length);
            length = 0;
            if (bytes.length > FLUSH_AT) {
                out.write(bytes);
                return;
            }
        }
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }
}
