package dev.demarc.govern;

import static dev.demarc.govern.Callers.ANA;
import static dev.demarc.govern.Callers.BUCKET;
import static dev.demarc.govern.Callers.EDITOR;
import static dev.demarc.govern.Callers.NOW;
import static dev.demarc.govern.Callers.done;
import static dev.demarc.govern.Callers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.govern.Ruling.Cause;
import dev.demarc.govern.Ruling.Reason;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegisterVersionsTest {
    private final InMemoryStore store = new InMemoryStore();
    private final RegisterVersions versions = new RegisterVersions(store);

    static Json register(String owner) {
        return JsonReader.parse("""
                {"organisation": "Example", "entries": [{"service-type": "AWS::S3::Bucket", "owner": "%s",
                  "reviewed-by": "A. Reviewer", "reviewed-on": "2026-01-01", "expires-on": "2027-01-01", "approved": true,
                  "row-revisions": {"DAT-06": "0123456789ab"}, "note": "kept as written"}]}""".formatted(owner));
    }

    @Test
    void hasNoneAtFirst() {
        assertThat(versions.current(ANA)).isEmpty();
        assertThat(versions.versions(ANA)).isEmpty();
        assertThat(versions.version(ANA, 1)).isEmpty();
    }

    @Test
    void countsVersionsAndKeepsEachAsItWasWritten() {
        RegisterVersion first = done(versions.push(EDITOR, register("one"), 0, NOW));
        RegisterVersion second = done(versions.push(EDITOR, register("two"), 1, NOW.plusSeconds(1)));

        assertThat(second.number()).isEqualTo(2);
        assertThat(second.by()).isEqualTo("edi");
        assertThat(versions.current(ANA).orElseThrow().json()).isEqualTo(register("two"));
        assertThat(versions.version(ANA, 1).orElseThrow().json()).isEqualTo(register("one"));
        assertThat(versions.versions(ANA)).extracting(RegisterVersion::number).containsExactly(2L, 1L);
        assertThat(first.register().organisation()).contains("Example");
        assertThat(Decisions.load(store, ANA, NOW)
                        .register()
                        .entry(BUCKET)
                        .orElseThrow()
                        .owner())
                .isEqualTo("two");
    }

    @Test
    void refusesToOverwriteWhatTheCallerHasNotSeen() {
        done(versions.push(EDITOR, register("one"), 0, NOW));

        assertThat(refused(versions.push(EDITOR, register("two"), 0, NOW)).cause())
                .isEqualTo(Cause.STALE);
        assertThat(refused(versions.push(EDITOR, register("two"), 5, NOW)).cause())
                .isEqualTo(Cause.STALE);
        assertThat(versions.versions(ANA)).hasSize(1);
    }

    @Test
    void refusesWhatIsNoRegisterWithEveryMistake() {
        Json json = JsonReader.parse("""
                {"windows": {"event-hours": "soon"}, "entries": [{"service-type": "A", "owner": "o", "approved": true,
                  "reviewed-by": "r", "reviewed-on": "2026-01-01", "expires-on": "never", "severity": 1}]}""");

        Ruling<RegisterVersion> ruling = versions.push(EDITOR, json, 0, NOW);

        assertThat(refused(ruling).cause()).isEqualTo(Cause.RULE);
        assertThat(refused(ruling).reasons())
                .extracting(Reason::what)
                .containsExactlyInAnyOrder("/windows/event-hours", "/entries/0/severity", "/entries/0/expires-on");
        assertThat(versions.current(ANA)).isEmpty();
    }

    @Test
    void refusesWhatAStoreWouldNotTake() {
        String note = "n".repeat(400_000);
        Json json = JsonReader.parse(register("one").write().replace("kept as written", note));

        assertThat(refused(versions.push(EDITOR, json, 0, NOW)).cause()).isEqualTo(Cause.RULE);
    }

    @Test
    void onlyEditorsOfTheWholeTenantPush() {
        List<Role> allowed = List.of(Role.REGISTER_EDITOR, Role.ADMIN);
        for (Role role : Role.values()) {
            Ruling<RegisterVersion> ruling = new RegisterVersions(new InMemoryStore())
                    .push(Callers.caller("dan", role), register("one"), 0, NOW);
            assertThat(ruling instanceof Ruling.Done).as(role.word()).isEqualTo(allowed.contains(role));
        }
        Scope some = new Scope(Scope.MAIN, Optional.of(Set.of(Callers.ACCOUNT)), Role.REGISTER_EDITOR, "edi");
        assertThat(refused(versions.push(some, register("one"), 0, NOW)).cause())
                .isEqualTo(Cause.FORBIDDEN);
    }

    @Test
    void ofManyWhoPushAtOnceOneWins() {
        long won = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> versions.push(EDITOR, register("team " + i), 0, NOW))
                .filter(Ruling.Done.class::isInstance)
                .count();

        assertThat(won).isEqualTo(1);
        assertThat(versions.versions(ANA)).hasSize(1);
    }

    @Test
    void doesNotMixTenants() {
        done(versions.push(EDITOR, register("one"), 0, NOW));

        assertThat(versions.current(new Scope("other", Optional.empty(), Role.ADMIN, "eve")))
                .isEmpty();
    }
}
