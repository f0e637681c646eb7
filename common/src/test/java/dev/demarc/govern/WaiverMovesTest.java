package dev.demarc.govern;

import static dev.demarc.govern.Callers.ANA;
import static dev.demarc.govern.Callers.BEN;
import static dev.demarc.govern.Callers.NOW;
import static dev.demarc.govern.Callers.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.govern.Waiver.Status;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random sequences of moves: whatever is tried, a waiver goes only where it may, and its history tells all of it. */
class WaiverMovesTest {
    private static final int SEQUENCES = 2_000;
    private static final int STEPS = 25;
    private static final Map<Status, Set<Status>> ALLOWED = new EnumMap<>(Map.of(
            Status.REQUESTED, EnumSet.of(Status.APPROVED, Status.REJECTED),
            Status.APPROVED, EnumSet.of(Status.APPROVED, Status.REVOKED),
            Status.REJECTED, EnumSet.noneOf(Status.class),
            Status.REVOKED, EnumSet.noneOf(Status.class)));

    private final Set<Status> reached = EnumSet.noneOf(Status.class);
    private long refusals;
    private long extended;

    @Test
    void neverReachesAForbiddenStateAndKeepsEveryRevision() {
        for (int seed = 0; seed < SEQUENCES; seed++) {
            List<Waiver> taken = sequence(new Random(seed), new InMemoryStore());
            assertThat(violations(taken)).as("seed " + seed).isEmpty();
        }

        // Without these the run would have shown nothing.
        assertThat(reached).containsExactlyInAnyOrder(Status.values());
        assertThat(refusals).isGreaterThan(SEQUENCES);
        assertThat(extended).isGreaterThan(100);
    }

    /** The control: histories with a forbidden step in them are found out. */
    @Test
    void findsAForbiddenStepWhenThereIsOne() {
        InMemoryStore store = new InMemoryStore();
        Waivers waivers = new Waivers(store);
        Waiver first = Callers.done(waivers.request(ANA, "w", request(Duration.ofDays(9)), WaiverTerms.HIGH, NOW));
        Waiver rejected = Callers.done(waivers.reject(BEN, "w", 1, "", NOW));
        Waiver risen = WaiverRulesProbe.approvedByWhoAsked(rejected);

        assertThat(violations(List.of(first, rejected))).isEmpty();
        assertThat(violations(List.of(first, rejected, risen)))
                .contains("REJECTED to APPROVED", "approved by who asked")
                .doesNotContain("a revision is missing");
        assertThat(violations(List.of(first, risen))).contains("a revision is missing");
    }

    private List<Waiver> sequence(Random random, InMemoryStore store) {
        Waivers waivers = new Waivers(store);
        List<Waiver> taken = new ArrayList<>();
        Instant now = NOW;
        for (int step = 0; step < STEPS; step++) {
            now = now.plus(Duration.ofHours(random.nextInt(72)));
            Ruling<Waiver> ruling = move(random, waivers, taken, now);
            switch (ruling) {
                case Ruling.Done<Waiver>(Waiver waiver) -> {
                    extended += waiver.extension().isPresent() ? 1 : 0;
                    reached.add(waiver.status());
                    taken.add(waiver);
                }
                case Ruling.Refused<Waiver> ignored -> refusals++;
            }
        }
        assertThat(waivers.history(ANA, "w").reversed()).isEqualTo(taken);
        assertThat(store.revisions(ANA, Kind.WAIVER, "w")).hasSize(taken.size());
        return taken;
    }

    private static Ruling<Waiver> move(Random random, Waivers waivers, List<Waiver> taken, Instant now) {
        Scope caller = random.nextBoolean() ? ANA : BEN;
        WaiverTerms terms = WaiverTerms.values()[random.nextInt(WaiverTerms.values().length)];
        // Now and then what the caller has seen is out of date.
        long expected = Math.max(0, taken.size() - (random.nextInt(5) == 0 ? 1 : 0));
        Duration life = Duration.ofDays(1 + random.nextInt(60));
        return switch (random.nextInt(6)) {
            case 0 -> waivers.request(caller, "w", request(life), terms, now);
            case 1, 2 -> waivers.approve(caller, "w", expected, terms, now);
            case 3 ->
                random.nextInt(3) == 0
                        ? waivers.reject(caller, "w", expected, "no", now)
                        : waivers.approve(caller, "w", expected, terms, now);
            case 4 ->
                random.nextInt(4) == 0
                        ? waivers.revoke(caller, "w", expected, "", now)
                        : waivers.extend(caller, "w", expected, Optional.of(now.plus(life)), "more", terms, now);
            default -> waivers.extend(caller, "w", expected, Optional.of(now.plus(life)), "more", terms, now);
        };
    }

    /** Written apart from the rules: what must hold between two revisions. */
    private static List<String> violations(List<Waiver> history) {
        List<String> violations = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Waiver now = history.get(i);
            if (now.revision() != i + 1) {
                violations.add("a revision is missing");
            }
            if (i == 0) {
                if (now.status() != Status.REQUESTED) {
                    violations.add("begins as " + now.status());
                }
                continue;
            }
            Waiver before = history.get(i - 1);
            if (!ALLOWED.getOrDefault(before.status(), Set.of()).contains(now.status())) {
                violations.add(before.status() + " to " + now.status());
            }
            boolean longer = now.expiresAt().isAfter(before.expiresAt());
            boolean approves = now.status() == Status.APPROVED && (before.status() != Status.APPROVED || longer);
            String asked = before.extension().map(Waiver.Extension::requestedBy).orElse(before.requestedBy());
            if (approves
                    && now.terms().compareTo(WaiverTerms.HIGH) <= 0
                    && now.decidedBy().filter(asked::equals).isPresent()) {
                violations.add("approved by who asked");
            }
            if (longer && !before.extension().map(Waiver.Extension::expiresAt).equals(Optional.of(now.expiresAt()))) {
                violations.add("lives longer than was asked for");
            }
            if (now.expiresAt().isBefore(before.expiresAt()) || !now.subject().equals(before.subject())) {
                violations.add("became another waiver");
            }
        }
        return violations;
    }

    /** A waiver that no rule would let come about. */
    private static final class WaiverRulesProbe {
        static Waiver approvedByWhoAsked(Waiver was) {
            return new Waiver(
                    was.id(),
                    was.subject(),
                    was.owner(),
                    was.reason(),
                    was.decision(),
                    was.compensatingControl(),
                    was.expiresAt(),
                    Status.APPROVED,
                    was.requestedBy(),
                    was.requestedAt(),
                    Optional.of(was.requestedBy()),
                    Optional.of(NOW),
                    was.revision() + 1);
        }
    }
}
