package dev.demarc.api;

import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import dev.demarc.model.Tier;
import dev.demarc.query.Category;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Priority;
import dev.demarc.query.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The filter of findings as query parameters: repeating one means "or", different ones mean "and". */
final class Filters {
    private static final Parameter PROVIDER = Parameter.words("provider", "aws", "azure", "gcp");
    private static final Parameter CONTROL = Parameter.text("control", "[A-Z]{3}-[0-9]{2}", "a control such as DAT-01");

    /** Asks for what the catalogue has no entry for, which has neither class nor tier. */
    private static final String NONE = "none";

    private static final Parameter TIER = Parameter.words(
            "tier",
            Stream.concat(Stream.of(Tier.values()).map(Tier::name), Stream.of(NONE))
                    .toArray(String[]::new));

    /** The whole filter. */
    static final List<Parameter> FINDINGS = List.of(
            PROVIDER,
            Parameter.text("account"),
            Parameter.text("region"),
            Parameter.text("class"),
            Parameter.text("serviceType"),
            TIER,
            Parameter.text("pattern"),
            CONTROL,
            Parameter.text("owner"),
            Parameter.names("category", Category.class),
            Parameter.names("question", Question.class),
            Parameter.words("verdict", "COMPLIANT", "NON_COMPLIANT", "UNKNOWN"),
            Parameter.names("priority", Priority.Band.class),
            Parameter.whole("minPriority", 0, 100),
            Parameter.names("sensitivity", Labels.Level.class),
            Parameter.words("waived", "true", "false").once(),
            Parameter.text("workload"),
            Parameter.text("framework"),
            Parameter.text("resource"),
            Parameter.time("changedSince"));

    /** The part of it that the audit takes. */
    static final List<Parameter> AUDIT = List.of(
            PROVIDER,
            Parameter.text("account"),
            Parameter.text("class"),
            Parameter.text("serviceType"),
            TIER,
            Parameter.text("pattern"),
            CONTROL);

    private Filters() {}

    static List<Parameter> with(List<Parameter> filter, Parameter... more) {
        List<Parameter> all = new ArrayList<>(filter);
        all.addAll(List.of(more));
        return all;
    }

    private static String orNone(String word) {
        return word.equalsIgnoreCase(NONE) ? "" : word;
    }

    static FindingFilter read(Parameters from) {
        return new FindingFilter(
                from.set("provider", Provider::of),
                from.set("account"),
                from.set("region"),
                from.set("class", Filters::orNone),
                from.set("serviceType"),
                from.set("tier", Filters::orNone),
                from.set("pattern"),
                from.set("control"),
                from.set("owner"),
                from.set("category", Category::valueOf),
                from.set("question", Question::valueOf),
                from.set("verdict"),
                from.set("priority", Priority.Band::valueOf),
                from.whole("minPriority", 0),
                from.set("sensitivity", Labels.Level::valueOf),
                from.text("waived").map(Boolean::parseBoolean),
                from.set("workload"),
                from.set("framework"),
                from.set("resource"),
                from.time("changedSince"));
    }
}
