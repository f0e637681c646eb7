package dev.demarc.json;

import java.util.Map;

/** Writes compact JSON. */
public final class JsonWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonWriter() {}

    public static String write(Json value) {
        StringBuilder out = new StringBuilder(256);
        append(out, value);
        return out.toString();
    }

    public static void append(StringBuilder out, Json value) {
        switch (value) {
            case Json.JsonObject object -> appendObject(out, object);
            case Json.JsonArray array -> appendArray(out, array);
            case Json.JsonText(String text) -> appendText(out, text);
            case Json.JsonNumber(String digits) -> out.append(digits);
            case Json.JsonBoolean bool -> out.append(bool == Json.JsonBoolean.TRUE);
            case Json.JsonNull ignored -> out.append("null");
        }
    }

    private static void appendObject(StringBuilder out, Json.JsonObject object) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            appendText(out, member.getKey());
            out.append(':');
            append(out, member.getValue());
        }
        out.append('}');
    }

    private static void appendArray(StringBuilder out, Json.JsonArray array) {
        out.append('[');
        boolean first = true;
        for (Json element : array.elements()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            append(out, element);
        }
        out.append(']');
    }

    /** Appends a quoted and escaped JSON string. */
    public static void appendText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x2028 || c == 0x2029 || (c >= 0x7f && c < 0xa0)) {
                        out.append("\\u").append(HEX[c >> 12]).append(HEX[(c >> 8) & 15]);
                        out.append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
