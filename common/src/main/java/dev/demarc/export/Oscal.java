package dev.demarc.export;

import dev.demarc.json.Json;
import dev.demarc.query.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One OSCAL 1.2.1 assessment-results document. OSCAL groups what belongs to a finding in separate lists; so that the document can be
 * written while the findings are read, it has one result per {@value #RESULT} findings. Ids are UUIDs of names, never of chance.
 */
record Oscal(ExportContext context) implements Export.Form {
    static final int RESULT = 1000;

    @Override
    public void write(Iterator<Finding> findings, Appendable out) throws IOException {
        String document = context.tenant() + ":" + context.now();
        String plan = NameUuid.of("assessment-plan", context.tenant());
        out.append("{\"assessment-results\":{\"uuid\":")
                .append(Json.of(NameUuid.of("assessment-results", document)).write())
                .append(",\"metadata\":")
                .append(metadata().write())
                .append(",\"import-ap\":")
                .append(Json.object().with("href", "#" + plan).build().write())
                .append(",\"results\":[");
        int number = 0;
        do {
            out.append(number == 0 ? "" : ",");
            write(document, number * RESULT, next(findings), out);
            number++;
        } while (findings.hasNext());
        out.append("],\"back-matter\":").append(backMatter(plan).write()).append("}}\n");
    }

    private static List<Finding> next(Iterator<Finding> findings) {
        List<Finding> next = new ArrayList<>();
        while (findings.hasNext() && next.size() < RESULT) {
            next.add(findings.next());
        }
        return next;
    }

    private Json metadata() {
        return Json.object()
                .with("title", "Findings of the tenant " + context.tenant())
                .with("last-modified", context.now().toString())
                .with("version", Wording.line(context.version()))
                .with("oscal-version", "1.2.1")
                .build();
    }

    private void write(String document, int before, List<Finding> findings, Appendable out) throws IOException {
        OscalResult result = new OscalResult(context);
        findings.forEach(result::add);
        result.write(
                NameUuid.of("result", document + ":" + before),
                findings.isEmpty() ? "No findings" : "Findings " + (before + 1) + " to " + (before + findings.size()),
                out);
    }

    /** What the assessment was made after: there is no plan document, so the reference is explained inside this one. */
    private static Json backMatter(String plan) {
        Json resource = Json.object()
                .with("uuid", plan)
                .with("title", "Continuous assessment by Demarc")
                .with(
                        "description",
                        "Every configuration change and every sweep is judged against the Demarc shared responsibility catalogue; there is no separate assessment plan.")
                .build();
        return Json.object().with("resources", Json.array(List.of(resource))).build();
    }
}
