package dev.demarc.aws;

import dev.demarc.json.Json;

/** One JSON line for each thing that went wrong; never the content of a message. */
final class Log {
    private Log() {}

    static void warn(String message) {
        System.err.println(Json.object()
                .with("level", "WARN")
                .with("message", message)
                .build()
                .write());
    }
}
