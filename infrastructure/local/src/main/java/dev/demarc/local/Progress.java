package dev.demarc.local;

import java.io.PrintWriter;

/** Tells a person at a terminal how far long work has come; says nothing into a file or a pipe (the demarc script looks). */
final class Progress {
    private static final long STEP = 5_000;

    private final PrintWriter err;
    private final boolean shown;
    private long done;

    Progress(PrintWriter err) {
        this.err = err;
        this.shown = Boolean.getBoolean("demarc.terminal");
    }

    void one() {
        done++;
        if (shown && done % STEP == 0) {
            err.print("\r" + done + " documents");
            err.flush();
        }
    }

    void end() {
        if (shown && done >= STEP) {
            err.print("\r" + " ".repeat(40) + "\r");
            err.flush();
        }
    }
}
