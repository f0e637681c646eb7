package dev.demarc.proof;

import java.nio.file.Path;

class SqliteCrashTest extends CrashProof {
    @Override
    String place(Path ownFolder, int run) {
        return "sqlite:" + ownFolder.resolve("store");
    }

    @Override
    int resources() {
        return Length.of(2, 14);
    }

    @Override
    int stride() {
        return 1;
    }
}
