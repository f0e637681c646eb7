package dev.demarc.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final AccountId ACCOUNT = new AccountId(Provider.AWS, "111122223333");
    private static final ServiceType CONTAINER = new ServiceType("AWS::ECS::Service#fargate");
    private static final ServiceType FUNCTION = new ServiceType("AWS::Lambda::Function");
    private static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");

    private final Catalogue catalogue = Catalogue.bundled();
    private Register register = Register.empty();
    private WorkloadHistory history = new WorkloadHistory(ACCOUNT, "shop", new TreeMap<>());

    /** What was live when somebody looked, days after the start. */
    private TransitionsTest on(int day, ServiceType... live) {
        Map<ServiceType, Long> types = new TreeMap<>();
        for (ServiceType type : live) {
            types.put(type, 1L);
        }
        history = history.seen(types, START.plus(Duration.ofDays(day)));
        return this;
    }

    private List<Transition> transitions(int day) {
        return new Transitions(catalogue, register, START.plus(Duration.ofDays(day))).of(List.of(history));
    }

    private Transition only(int day) {
        return transitions(day).getFirst();
    }

    @Test
    void startsWhenATypeOfAnotherTierAppearsBesideTheOld() {
        on(0, CONTAINER).on(10, CONTAINER, FUNCTION);

        assertThat(transitions(11)).singleElement().satisfies(move -> {
            assertThat(move.from()).isEqualTo(CONTAINER);
            assertThat(move.to()).isEqualTo(FUNCTION);
            assertThat(move.state()).isEqualTo(Transition.State.STARTED);
            assertThat(move.completedAt()).isEmpty();
            assertThat(move.isOpen()).isTrue();
        });
    }

    @Test
    void overlapsWhenBothStay() {
        on(0, CONTAINER).on(10, CONTAINER, FUNCTION);

        assertThat(only(60).state()).isEqualTo(Transition.State.OVERLAP);
    }

    @Test
    void isCompletedWhenTheOldTypeIsGoneAndClosedOnlyByALaterReview() {
        on(0, CONTAINER).on(10, CONTAINER, FUNCTION).on(20, FUNCTION);
        assertThat(only(21).state()).isEqualTo(Transition.State.COMPLETED);
        assertThat(only(21).completedAt()).contains(START.plus(Duration.ofDays(20)));

        register = reviewed("2026-09-15");
        assertThat(only(40).state()).as("reviewed before the old type went").isEqualTo(Transition.State.COMPLETED);

        register = reviewed("2026-10-01");
        assertThat(only(40).state()).isEqualTo(Transition.State.CLOSED);
    }

    @Test
    void isNoMoveBetweenTypesOfAnotherRoleNorBackInTimeNorLongAfter() {
        on(0, BUCKET).on(10, BUCKET, FUNCTION);
        assertThat(transitions(11)).as("storage is not compute").isEmpty();

        history = new WorkloadHistory(ACCOUNT, "shop", new TreeMap<>());
        on(0, CONTAINER, FUNCTION);
        assertThat(transitions(1)).as("both were there at the first look").isEmpty();

        history = new WorkloadHistory(ACCOUNT, "shop", new TreeMap<>());
        on(0, CONTAINER).on(5).on(50, FUNCTION);
        assertThat(transitions(51)).as("45 days after the old type went").isEmpty();
    }

    @Test
    void namesTheDutiesThatBeginCeaseAndChange() {
        Duties duties = Duties.between(
                catalogue.entry(CONTAINER).orElseThrow(),
                catalogue.entry(FUNCTION).orElseThrow(),
                catalogue.controls());

        for (ControlId control : duties.begins()) {
            assertThat(owner(FUNCTION, control)).isNotIn("PROVIDER", "");
            assertThat(owner(CONTAINER, control)).isIn("PROVIDER", "");
        }
        assertThat(duties.ownerMoves()).isNotEmpty().allSatisfy(move -> {
            assertThat(move.from()).isEqualTo(owner(CONTAINER, move.control()));
            assertThat(move.to()).isEqualTo(owner(FUNCTION, move.control()));
            assertThat(move.from()).isNotEqualTo(move.to());
        });
        assertThat(duties.ceases())
                .allSatisfy(control -> assertThat(owner(FUNCTION, control)).isEqualTo("PROVIDER"));
        assertThat(duties.withoutMeaning())
                .allSatisfy(control -> assertThat(owner(FUNCTION, control)).isEmpty());
    }

    @Test
    void remembersWhatCameBackAsNew() {
        on(0, CONTAINER).on(10, FUNCTION).on(20, CONTAINER, FUNCTION);

        assertThat(WorkloadHistory.of(ACCOUNT, "shop", history.json())).isEqualTo(history);
        assertThat(history.types().get(CONTAINER)).satisfies(span -> {
            assertThat(span.since()).isEqualTo(START.plus(Duration.ofDays(20)));
            assertThat(span.gone()).isEmpty();
        });
    }

    private String owner(ServiceType type, ControlId control) {
        return catalogue
                .entry(type)
                .orElseThrow()
                .responsibility(control)
                .map(row -> row.owner().name())
                .orElse("");
    }

    private static Register reviewed(String day) {
        return RegisterReader.read(JsonReader.parse("""
                        {"entries": [{"service-type": "AWS::Lambda::Function", "owner": "shop", "reviewed-by": "A. Reviewer",
                         "reviewed-on": "%s", "expires-on": "2027-06-01", "approved": true}]}""".formatted(day))).register();
    }
}
