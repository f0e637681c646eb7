package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Governance;
import dev.demarc.project.Projector;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.FindingPage;
import dev.demarc.query.Posture;
import dev.demarc.query.Sort;
import dev.demarc.record.CentralStore;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.register.Register;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the audit and one page of findings read does not depend on how many resources there are. */
abstract class ItemCountProof {
    private static final int PAGE = 100;

    abstract Bench bench(Random random);

    abstract int accounts();

    /** How many observations there are when it is measured; each at least as many as fill every account. */
    abstract List<Integer> sizes();

    /** Records and projects these resources. */
    abstract void fill(Bench bench, Crowd crowd, int from, int to);

    /** Items that the engine itself read since the last call, where it says so; the items handed out otherwise. */
    abstract long engineReads();

    private record Reads(long audit, long priorityPage, long laterPage, long agePage) {}

    private record Measured(Reads items, Reads engine, long everything, String times) {}

    @Test
    void readsNoMoreForTenTimesTheResources() throws Exception {
        try (Bench bench = bench(Length.random("items"))) {
            Crowd crowd = new Crowd(accounts());
            List<Measured> measured = new ArrayList<>();
            int filled = 0;
            for (int size : sizes()) {
                assertThat(size).isGreaterThanOrEqualTo(crowd.full());
                long started = System.nanoTime();
                fill(bench, crowd, filled, size);
                double seconds = (System.nanoTime() - started) / 1e9;
                Measured now = measure(bench.store());
                measured.add(now);
                Report.line(
                        "items " + bench.name(),
                        "%d observations in %d accounts of each provider (%.0f s to add %d): handed out %s, read by the engine %s, %s; control, all findings: %d items",
                        size,
                        accounts(),
                        seconds,
                        size - filled,
                        now.items(),
                        now.engine(),
                        now.times(),
                        now.everything());
                filled = size;
            }
            Measured first = measured.getFirst();
            assertThat(first.items().audit()).isPositive();
            assertThat(first.items().priorityPage()).isPositive();
            assertThat(measured).allSatisfy(one -> {
                assertThat(one.items().audit()).isEqualTo(first.items().audit());
                assertThat(one.items().priorityPage())
                        .isLessThanOrEqualTo(bound(first.items().priorityPage()));
                assertThat(one.items().laterPage())
                        .isLessThanOrEqualTo(bound(first.items().laterPage()));
                assertThat(one.items().agePage())
                        .isLessThanOrEqualTo(bound(first.items().agePage()));
                assertThat(one.engine().audit())
                        .isLessThanOrEqualTo(bound(first.engine().audit()));
                assertThat(one.engine().priorityPage())
                        .isLessThanOrEqualTo(bound(first.engine().priorityPage()));
                assertThat(one.engine().agePage())
                        .isLessThanOrEqualTo(merged(first.engine().agePage()));
            });
            assertThat(measured.getLast().everything())
                    .as("the control must grow")
                    .isGreaterThan(2 * first.everything());
        }
    }

    /** A page that is filled from fuller counters reads a little past its end. */
    private static long bound(long items) {
        return items + 2 * PAGE;
    }

    /** The order by age is merged from several partitions, each of which is read a little past its share. */
    private static long merged(long items) {
        return items + 4 * PAGE;
    }

    private Measured measure(CentralStore store) {
        AtomicLong items = new AtomicLong();
        ScopedReads counted = Intercepted.port(ScopedReads.class, store, call -> {
            Object answer = call.proceed();
            items.addAndGet(size(answer));
            return answer;
        });
        List<Long> handedOut = new ArrayList<>();
        List<Long> engine = new ArrayList<>();
        List<Long> millis = new ArrayList<>();
        List<Optional<String>> next = new ArrayList<>();
        List<Runnable> queries = List.of(
                () -> posture(counted).audit(FindingFilter.ALL),
                () -> next.add(page(counted, Sort.PRIORITY, Optional.empty()).next()),
                () -> page(counted, Sort.PRIORITY, next.getFirst()),
                () -> page(counted, Sort.AGE, Optional.empty()));
        for (Runnable query : queries) {
            items.set(0);
            engineReads();
            long started = System.nanoTime();
            query.run();
            millis.add((System.nanoTime() - started) / 1_000_000);
            handedOut.add(items.get());
            long read = engineReads();
            engine.add(read < 0 ? items.get() : read);
        }
        items.set(0);
        long findings = posture(counted)
                .all(FindingFilter.ALL, Sort.PRIORITY)
                .limit(200_000)
                .count();
        assertThat(findings).isPositive();
        return new Measured(reads(handedOut), reads(engine), items.get(), "milliseconds " + millis);
    }

    private static Reads reads(List<Long> four) {
        return new Reads(four.get(0), four.get(1), four.get(2), four.get(3));
    }

    private static Posture posture(ScopedReads reads) {
        return new Posture(
                reads, Scope.operator(Scope.MAIN), Catalogue.bundled(), Governance.of(Register.empty()), World.END);
    }

    private static FindingPage page(ScopedReads reads, Sort sort, Optional<String> position) {
        FindingPage page = posture(reads).findings(FindingFilter.ALL, sort, PAGE, position);
        assertThat(page.findings()).hasSize(PAGE);
        return page;
    }

    private static long size(Object answer) {
        return switch (answer) {
            case Collection<?> many -> many.size();
            case Map<?, ?> many -> many.size();
            case Optional<?> one -> one.isPresent() ? 1 : 0;
            default -> 1;
        };
    }

    /** Projects what is in the feed of a store that hands it out itself. */
    static void drain(CentralStore store) {
        store.drain(new Projector(store)::apply);
    }
}
