package dev.demarc;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.demarc.record.CentralStore;
import dev.demarc.record.Documents;
import dev.demarc.record.ObservationStore;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What may import what, for the packages below one root. */
record ArchitectureRules(String root) {
    /** From the bottom to the top. A package may import those on lower steps; packages on one step do not know each other. */
    private static final List<Set<String>> STEPS = List.of(
            Set.of("json"),
            Set.of("model"),
            Set.of("catalogue", "event"),
            Set.of("normalise", "evaluate", "record", "register"),
            Set.of("govern"),
            Set.of("pipeline", "project", "query", "gate", "catalogue.compile"),
            Set.of("export", "notify"),
            Set.of("api"),
            Set.of("wiring"));

    private static final Set<String> ANSWERS_OF_THE_MACHINE = Set.of(
            "now",
            "getenv",
            "getProperty",
            "currentTimeMillis",
            "nanoTime",
            "systemUTC",
            "random",
            "randomUUID",
            "getLogger");

    ArchRule importsPointOneWay() {
        return classes()
                .that(resideInAPackage(root + ".."))
                .should(importOnlyLowerSteps())
                .because(
                        "the way of the data is the order of the packages, and one direction keeps each readable without the next")
                .allowEmptyShould(true);
    }

    ArchRule everyPackageHasAStep() {
        return classes()
                .that(resideInAPackage(root + ".."))
                .should(haveAStep())
                .because(
                        "a package without a place in the order escapes the other rules; give it one in ArchitectureRules.STEPS")
                .allowEmptyShould(true);
    }

    ArchRule packagesFormNoCycle() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package")
                .allowEmptyShould(true);
    }

    ArchRule pureStepsDoNoInputOrOutput() {
        DescribedPredicate<JavaClass> text =
                JavaClass.Predicates.belongToAnyOf(URI.class, URLDecoder.class, URLEncoder.class);
        return noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat(
                        are(resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                                .and(not(text))))
                .because(
                        "model, normalise and evaluate are values in, values out: the gate, the event and the sweep must get one verdict")
                .allowEmptyShould(true);
    }

    ArchRule pureStepsDoNotAskTheMachine() {
        return noClasses()
                .that(arePure())
                .should()
                .callMethodWhere(asksTheMachine())
                .because("time, identity and configuration are arguments, so that a verdict can be repeated")
                .allowEmptyShould(true);
    }

    ArchRule pureStepsDoNotLog() {
        return noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat(are(resideInAnyPackage("java.util.logging..", "org.slf4j..")
                        .or(JavaClass.Predicates.equivalentTo(System.Logger.class))))
                .because("what is worth saying is in the value they return, and settings may be secret")
                .allowEmptyShould(true);
    }

    ArchRule onlyWiringReadsTheEnvironment() {
        return noClasses()
                .that(resideInAPackage(root + "..").and(not(resideInAPackage("..wiring.."))))
                .should()
                .callMethodWhere(readsTheEnvironment())
                .because("there is one place to look for what can be configured")
                .allowEmptyShould(true);
    }

    ArchRule onlyTheCompilerReadsYaml() {
        return onlyIn("catalogue.compile", "org.yaml..", "com.networknt..")
                .because(
                        "the catalogue is compiled at build time: YAML and schemas cost a function 200 ms and more at its start");
    }

    ArchRule onlyJsonKnowsJackson() {
        return onlyIn("json", "com.fasterxml..")
                .because("the rest of the code sees our Json values, and the parser can be replaced");
    }

    ArchRule onlyTheStoreKnowsTheAwsSdk() {
        return onlyIn("record.dynamodb", "software.amazon..")
                .because("it is the larger part of a cold start, and the core is free of any one cloud");
    }

    ArchRule answersGoThroughAScope() {
        return noClasses()
                .that(resideInAnyPackage(
                        root + ".query..", root + ".govern..", root + ".export..", root + ".notify..", root + ".api.."))
                .should()
                .dependOnClassesThat(JavaClass.Predicates.belongToAnyOf(CentralStore.class, ObservationStore.class))
                .because("what answers people reads through ScopedReads and Documents, which ask who wants to know")
                .allowEmptyShould(true);
    }

    /** Every method of the two reading ports asks for the scope first. */
    static ArchRule everyReadAsksForTheScope() {
        return methods()
                .that(areDeclaredIn(ScopedReads.class).or(areDeclaredIn(Documents.class)))
                .should(takeTheScopeFirst())
                .because("a query that forgets the scope shows one tenant the data of another");
    }

    private static DescribedPredicate<JavaMember> areDeclaredIn(Class<?> type) {
        return DescribedPredicate.describe(
                "are declared in " + type.getSimpleName(),
                member -> member.getOwner().isEquivalentTo(type));
    }

    static ArchCondition<JavaMethod> takeTheScopeFirst() {
        return new ArchCondition<>("take the scope first") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean scoped = !method.getRawParameterTypes().isEmpty()
                        && method.getRawParameterTypes().getFirst().isEquivalentTo(Scope.class);
                if (!scoped) {
                    events.add(
                            SimpleConditionEvent.violated(method, method.getFullName() + " does not ask for a scope"));
                }
            }
        };
    }

    ArchRule everyPackageIsNullMarked() {
        return classes()
                .that(resideInAPackage(root + ".."))
                .should(beNullMarked())
                .because("null is checked by the compiler in marked packages only")
                .allowEmptyShould(true);
    }

    private ArchRule onlyIn(String home, String... libraries) {
        return noClasses()
                .that(resideInAPackage(root + "..")
                        .and(not(resideInAnyPackage(root + "." + home + "..", root + ".wiring.."))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries))
                .allowEmptyShould(true);
    }

    private DescribedPredicate<JavaClass> arePure() {
        return resideInAnyPackage(root + ".model..", root + ".normalise..", root + ".evaluate..")
                .as("are model, normalise or evaluate");
    }

    private static DescribedPredicate<JavaMethodCall> asksTheMachine() {
        return JavaAccess.Predicates.targetOwner(resideInAnyPackage("java.lang", "java.time..", "java.util"))
                .<JavaMethodCall>forSubtype()
                .and(DescribedPredicate.describe(
                        "asks for time, chance or configuration",
                        call -> ANSWERS_OF_THE_MACHINE.contains(call.getTarget().getName())));
    }

    private static DescribedPredicate<JavaMethodCall> readsTheEnvironment() {
        return DescribedPredicate.describe(
                "reads the environment",
                call -> call.getTargetOwner().isEquivalentTo(System.class)
                        && call.getTarget().getName().equals("getenv"));
    }

    private ArchCondition<JavaClass> importOnlyLowerSteps() {
        return new ArchCondition<>("import only packages of lower steps") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                Optional<String> own = homeOf(item);
                if (own.isEmpty()) {
                    return;
                }
                for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
                    Optional<String> other = homeOf(dependency.getTargetClass());
                    if (other.isPresent() && !other.equals(own) && stepOf(other.get()) >= stepOf(own.get())) {
                        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private ArchCondition<JavaClass> haveAStep() {
        return new ArchCondition<>("have a step") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (homeOf(item).isEmpty()) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " has no step"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> beNullMarked() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            item, item.getName() + " is in a package that is not @NullMarked"));
                }
            }
        };
    }

    /** The longest entry of the order that holds the class: {@code catalogue.compile} before {@code catalogue}. */
    private Optional<String> homeOf(JavaClass item) {
        String name = item.getPackageName() + ".";
        return STEPS.stream()
                .flatMap(Set::stream)
                .filter(entry -> name.startsWith(root + "." + entry + "."))
                .max(Comparator.comparingInt(String::length));
    }

    private static int stepOf(String home) {
        return IntStream.range(0, STEPS.size())
                .filter(step -> STEPS.get(step).contains(home))
                .findFirst()
                .orElseThrow();
    }

    Stream<ArchRule> all() {
        return Stream.of(
                importsPointOneWay(),
                everyPackageHasAStep(),
                packagesFormNoCycle(),
                pureStepsDoNoInputOrOutput(),
                pureStepsDoNotAskTheMachine(),
                pureStepsDoNotLog(),
                onlyWiringReadsTheEnvironment(),
                onlyTheCompilerReadsYaml(),
                onlyJsonKnowsJackson(),
                onlyTheStoreKnowsTheAwsSdk(),
                answersGoThroughAScope(),
                everyReadAsksForTheScope(),
                everyPackageIsNullMarked());
    }
}
