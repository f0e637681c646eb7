package dev.demarc.local;

/** The exit codes of every command. */
final class ExitCode {
    static final int FINE = 0;
    static final int TOOL_ERROR = 1;
    static final int USAGE = 2;
    /** Findings or rejects at or above the threshold asked for. */
    static final int THRESHOLD = 3;

    private ExitCode() {}
}
