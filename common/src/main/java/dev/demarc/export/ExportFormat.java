package dev.demarc.export;

import java.util.Locale;
import java.util.Optional;

/** A form in which findings leave: its word in requests, its content type, and the name of a file that holds it. */
public enum ExportFormat {
    /** One finding of the API per line. */
    NDJSON("application/x-ndjson", "findings.ndjson"),
    /** RFC 4180 with a header row, safe to open in a spreadsheet. */
    CSV("text/csv; charset=utf-8; header=present", "findings.csv"),
    /** OCSF 1.8.0 Compliance Finding (class 2003), one event per line. */
    OCSF("application/x-ndjson", "findings.ocsf.ndjson"),
    /** AWS Security Finding Format 2018-10-08: one BatchImportFindings request of at most 100 findings per line. */
    ASFF("application/x-ndjson", "findings.asff.ndjson"),
    /** One OSCAL 1.2.1 assessment-results document. */
    OSCAL("application/json", "findings.oscal-assessment-results.json");

    private final String contentType;
    private final String fileName;

    ExportFormat(String contentType, String fileName) {
        this.contentType = contentType;
        this.fileName = fileName;
    }

    /** The word in requests: {@code ndjson}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String contentType() {
        return contentType;
    }

    public String fileName() {
        return fileName;
    }

    /** The format of this word; empty when there is none. */
    public static Optional<ExportFormat> of(String word) {
        for (ExportFormat format : values()) {
            if (format.word().equals(word)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
