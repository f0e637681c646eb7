package dev.demarc.export;

import dev.demarc.json.Json;
import dev.demarc.query.Finding;
import dev.demarc.query.Question;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One result: of each finding an observation (what was seen), a finding (the objective is not satisfied) and a risk (open, being remedied,
 * or accepted until the waiver expires).
 */
final class OscalResult {
    private static final String SPACE = "https://demarc.dev/ns/oscal";
    private static final String TOOL = NameUuid.of("tool", "demarc");

    // What is finished is kept as text: a tree of values takes some ten times the memory.
    private final ExportContext context;
    private final TreeSet<String> controls = new TreeSet<>();
    private final Map<String, String> resources = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<String> observations = new ArrayList<>();
    private final List<String> risks = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    OscalResult(ExportContext context) {
        this.context = context;
        services.put(TOOL, component(TOOL, "software", "Demarc", "The tool that made the observations."));
    }

    void add(Finding finding) {
        Described described = new Described(finding);
        String observation = NameUuid.of("observation", finding.id());
        String risk = NameUuid.of("risk", finding.id());
        controls.add(finding.control().value());
        observations.add(observation(observation, finding, described).write());
        risks.add(risk(risk, observation, finding, described).write());
        findings.add(Json.object()
                .with("uuid", NameUuid.of("finding", finding.id()))
                .with("title", Wording.line(finding.title()))
                .with("description", paragraph(finding.reason()))
                .with("props", properties(finding))
                .with("origins", Json.array(List.of(origin())))
                .with("target", target(finding, described))
                .with("related-observations", references("observation-uuid", observation))
                .with("related-risks", references("risk-uuid", risk))
                .build()
                .write());
    }

    void write(String uuid, String title, Appendable out) throws IOException {
        String head = Json.object()
                .with("uuid", uuid)
                .with("title", title)
                .with("description", "Open findings, each with the question that failed and what is to be done.")
                .with("start", context.now().toString())
                .with("end", context.now().toString())
                .with("reviewed-controls", reviewed())
                .build()
                .write();
        out.append(head, 0, head.length() - 1).append(",\"local-definitions\":{");
        list("components", services.values(), out);
        if (!resources.isEmpty()) {
            out.append(',');
            list("inventory-items", resources.values(), out);
        }
        out.append('}');
        // The format knows no empty lists.
        if (!findings.isEmpty()) {
            out.append(',');
            list("observations", observations, out);
            out.append(',');
            list("risks", risks, out);
            out.append(',');
            list("findings", findings, out);
        }
        out.append('}');
    }

    private static void list(String name, Collection<String> elements, Appendable out) throws IOException {
        out.append('"').append(name).append("\":[");
        String separator = "";
        for (String element : elements) {
            out.append(separator).append(element);
            separator = ",";
        }
        out.append(']');
    }

    private Json reviewed() {
        Json selection = controls.isEmpty()
                ? Json.object().with("include-all", Json.object().build()).build()
                : Json.object()
                        .with(
                                "include-controls",
                                Json.array(controls.stream()
                                        .map(id -> Json.object()
                                                .with("control-id", id)
                                                .build())
                                        .toList()))
                        .build();
        return Json.object()
                .with("control-selections", Json.array(List.of(selection)))
                .build();
    }

    private Json observation(String uuid, Finding finding, Described described) {
        Instant collected = finding.changedAt().or(finding::since).orElse(context.now());
        return Json.object()
                .with("uuid", uuid)
                .with("title", Wording.line(finding.title()))
                .with("description", paragraph(finding.reason()))
                .with(
                        "methods",
                        Json.array(List.of(Json.of(finding.question() == Question.DOCUMENTED ? "EXAMINE" : "TEST"))))
                .with("types", Json.array(List.of(Json.of("control-objective"))))
                .with("origins", Json.array(List.of(origin())))
                .with("subjects", Json.array(List.of(subject(finding, described))))
                .with("collected", collected.toString())
                .build();
    }

    private Json risk(String uuid, String observation, Finding finding, Described described) {
        Json response = Json.object()
                .with("uuid", NameUuid.of("response", finding.id()))
                .with("lifecycle", "recommendation")
                .with("title", "Recommended")
                .with("description", paragraph(finding.remediation()))
                .build();
        return Json.object()
                .with("uuid", uuid)
                .with("title", Wording.line(finding.title()))
                .with("description", paragraph(finding.reason()))
                .with("statement", paragraph(finding.reason()))
                .with("status", riskStatus(finding, described))
                .with("characterizations", Json.array(List.of(priority(finding))))
                .with("deadline", finding.waived().map(one -> one.until().toString()))
                .with("remediations", Json.array(List.of(response)))
                .with("related-observations", references("observation-uuid", observation))
                .build();
    }

    private static String riskStatus(Finding finding, Described described) {
        if (finding.waived().isPresent()) {
            return "deviation-approved";
        }
        return described.isFixed() ? "remediating" : "open";
    }

    private static Json priority(Finding finding) {
        Json facet = Json.object()
                .with("name", "priority")
                .with("system", SPACE)
                .with("value", finding.priority().band().name())
                .build();
        return Json.object()
                .with("origin", origin())
                .with("facets", Json.array(List.of(facet)))
                .build();
    }

    private static Json target(Finding finding, Described described) {
        boolean isFailure = finding.question() != Question.VALIDATED && !described.isUnjudged();
        return Json.object()
                .with("type", "objective-id")
                .with("target-id", finding.control().value())
                .with("title", Wording.line(finding.title()))
                .with(
                        "status",
                        Json.object()
                                .with("state", "not-satisfied")
                                .with("reason", isFailure ? "fail" : "other")
                                .build())
                .build();
    }

    /** A resource is an inventory item; a service type, whose documentation or validation is missing, is a component. */
    private Json subject(Finding finding, Described described) {
        String key = described.subject();
        String uuid = NameUuid.of("subject", key);
        String type = Wording.line(finding.serviceType().name());
        boolean isResource = finding.resource().isPresent();
        if (isResource) {
            resources.computeIfAbsent(
                    uuid,
                    ignored -> Json.object()
                            .with("uuid", uuid)
                            .with("description", paragraph(key))
                            .with("props", Json.array(List.of(property("service-type", type))))
                            .build()
                            .write());
        } else {
            services.computeIfAbsent(uuid, ignored -> component(uuid, "service", type, paragraph(key)));
        }
        return Json.object()
                .with("subject-uuid", uuid)
                .with("type", isResource ? "inventory-item" : "component")
                .with("title", Wording.line(key))
                .build();
    }

    private static String component(String uuid, String type, String title, String description) {
        return Json.object()
                .with("uuid", uuid)
                .with("type", type)
                .with("title", title)
                .with("description", description)
                .with("status", Json.object().with("state", "operational").build())
                .build()
                .write();
    }

    private static Json properties(Finding finding) {
        List<Json> properties = new ArrayList<>();
        properties.add(property("finding-id", finding.id()));
        properties.add(property("category", finding.category().name()));
        properties.add(property("question", finding.question().name()));
        properties.add(property("responsibility", finding.responsibility()));
        properties.add(
                property("priority-score", Integer.toString(finding.priority().score())));
        finding.json()
                .at("assurance")
                .members()
                .forEach((question, answer) -> properties.add(property(question, answer.write())));
        finding.owner().ifPresent(owner -> properties.add(property("owner", owner)));
        finding.workload().ifPresent(workload -> properties.add(property("workload", workload)));
        finding.waived().ifPresent(one -> properties.add(property("waiver", one.waiver())));
        return Json.array(properties);
    }

    private static Json property(String name, String value) {
        return Json.object()
                .with("name", name)
                .with("ns", SPACE)
                .with("value", Wording.line(value))
                .build();
    }

    private static Json origin() {
        Json actor = Json.object().with("type", "tool").with("actor-uuid", TOOL).build();
        return Json.object().with("actors", Json.array(List.of(actor))).build();
    }

    private static Json references(String member, String uuid) {
        return Json.array(List.of(Json.object().with(member, uuid).build()));
    }

    private static String paragraph(String text) {
        return text.isBlank() ? "-" : text;
    }
}
