package dev.demarc.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.register.RegisterDiff.Kind;
import dev.demarc.register.RegisterDiff.Member;
import org.junit.jupiter.api.Test;

class RegisterDiffTest {
    private static Json json(String text) {
        return JsonReader.parse(text);
    }

    @Test
    void namesEntriesAddedRemovedAndChanged() {
        Json before = json("""
                {"windows": {"event-hours": 12}, "entries": [{"service-type": "A", "owner": "one", "controls": ["DAT-06"]},
                  {"service-type": "B", "owner": "b"}]}""");
        Json after = json("""
                {"organisation": "Example", "entries": [{"service-type": "C", "owner": "c"},
                  {"service-type": "A", "owner": "two", "controls": ["DAT-06", "NET-01"], "approved": true}]}""");

        RegisterDiff diff = RegisterDiff.between(before, after);

        assertThat(diff.changes())
                .extracting(RegisterDiff.Change::kind, RegisterDiff.Change::subject)
                .containsExactly(
                        tuple(Kind.ADDED, "organisation"),
                        tuple(Kind.REMOVED, "windows"),
                        tuple(Kind.CHANGED, "A"),
                        tuple(Kind.REMOVED, "B"),
                        tuple(Kind.ADDED, "C"));
        assertThat(diff.changes().get(2).members())
                .containsExactly(
                        new Member("approved", "", "true"),
                        new Member("controls", "[\"DAT-06\"]", "[\"DAT-06\",\"NET-01\"]"),
                        new Member("owner", "one", "two"));
        assertThat(diff.count(Kind.ADDED)).isEqualTo(2);
        assertThat(diff.json().at("changes").elements()).hasSize(5);
    }

    @Test
    void seesNoDifferenceInTheOrderOfThings() {
        Json before = json("""
                {"entries": [{"service-type": "A", "controls": ["DAT-06", "NET-01"], "row-revisions": {"A": "1", "B": "2"}},
                  {"service-type": "B"}]}""");
        Json after = json("""
                {"entries": [{"service-type": "B"},
                  {"row-revisions": {"B": "2", "A": "1"}, "controls": ["NET-01", "DAT-06"], "service-type": "A"}]}""");

        assertThat(RegisterDiff.between(before, after).isEmpty()).isTrue();
    }

    @Test
    void everythingIsAddedToNothing() {
        Json none = json("{\"entries\": []}");
        Json one = json("{\"entries\": [{\"service-type\": \"A\"}]}");

        assertThat(RegisterDiff.between(none, one).count(Kind.ADDED)).isEqualTo(1);
        assertThat(RegisterDiff.between(one, none).count(Kind.REMOVED)).isEqualTo(1);
    }
}
