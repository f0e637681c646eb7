package dev.demarc.proof;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** A proxy in front of the store whose behaviour changes every 150 ms: slow, cut in the middle of an answer, silent, gone, or in order. */
final class FaultyNetwork {
    private static final int CHANGE_MILLIS = 150;

    private final Proxy proxy;
    private final Random random;
    private final Map<Mood, Integer> moods = new EnumMap<>(Mood.class);

    private enum Mood {
        IN_ORDER,
        SLOW,
        CUT,
        SILENT,
        GONE
    }

    FaultyNetwork(Proxy proxy, Random random) {
        this.proxy = proxy;
        this.random = random;
    }

    String endpoint() {
        return "http://" + proxy.getListen();
    }

    /** Begins; the network is in order again when the answer is closed. */
    AutoCloseable start() {
        Thread changing = Thread.ofPlatform().start(this::change);
        return () -> {
            changing.interrupt();
            changing.join();
            become(Mood.IN_ORDER);
            Report.line("network", "changes %s", moods);
        };
    }

    private void change() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                // In order half of the time: a batch is some twenty calls, and none of them would ever get through.
                Mood mood = random.nextBoolean() ? Mood.IN_ORDER : Mood.values()[random.nextInt(Mood.values().length)];
                moods.merge(mood, 1, Integer::sum);
                become(mood);
                Thread.sleep(CHANGE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void become(Mood mood) {
        try {
            for (Toxic toxic : proxy.toxics().getAll()) {
                toxic.remove();
            }
            if (mood == Mood.GONE) {
                proxy.disable();
            } else {
                proxy.enable();
            }
            switch (mood) {
                case SLOW ->
                    proxy.toxics()
                            .latency("slow", ToxicDirection.DOWNSTREAM, 60)
                            .setJitter(50);
                // The request has arrived; the answer ends after some bytes.
                case CUT -> proxy.toxics().limitData("cut", ToxicDirection.DOWNSTREAM, 20 + random.nextInt(100));
                case SILENT -> proxy.toxics().timeout("silent", ToxicDirection.DOWNSTREAM, 0);
                case GONE, IN_ORDER -> {
                    // Nothing more to set.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
