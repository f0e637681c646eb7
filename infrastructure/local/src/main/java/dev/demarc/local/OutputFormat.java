package dev.demarc.local;

/** How a command writes its data. */
enum OutputFormat {
    TABLE,
    JSON,
    NDJSON,
    CSV
}
