package dev.demarc.api;

import dev.demarc.export.Export;
import dev.demarc.export.ExportContext;
import dev.demarc.export.ExportFormat;
import dev.demarc.query.Finding;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Posture;
import dev.demarc.query.Sort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings of a filter in the formats of other systems. */
final class ExportOperations {
    /** How many findings one answer holds; {@code demarc export} writes any number. */
    static final int MOST = 5_000;

    private static final List<Parameter> PARAMETERS = Filters.with(
            Filters.FINDINGS,
            Parameter.text("hubAccount", "[0-9]{12}", "an AWS account: 12 digits")
                    .once(),
            Parameter.text("hubRegion", "[a-z]{2}(-[a-z]+)+-[0-9]", "a region such as eu-west-1")
                    .once());

    private final Postures postures;

    ExportOperations(Postures postures) {
        this.postures = postures;
    }

    List<Operation> all() {
        Set<String> types = Stream.of(ExportFormat.values())
                .map(format -> format.contentType().replaceAll(";.*", ""))
                .collect(Collectors.toSet());
        return List.of(
                Operation.read("exportFindings", "/v1/exports/{format}", Operation.EVERYONE, PARAMETERS, this::export)
                        .answering(types));
    }

    private ApiResponse export(Call call) {
        ExportFormat format =
                ExportFormat.of(call.path().getOrDefault("format", "")).orElseThrow(Refusal::notFound);
        FindingFilter filter = Filters.read(call.parameters());
        Posture posture = postures.of(call);
        ExportContext context = context(call, format);
        List<String> parts = new ArrayList<>(List.of(
                format.name(),
                context.version(),
                call.parameters().text("hubAccount").orElse(""),
                call.parameters().text("hubRegion").orElse("")));
        StringBuilder out = new StringBuilder();
        try {
            Export.write(
                    format,
                    bounded(posture.all(filter, Sort.PRIORITY))
                            .peek(finding -> parts.add(finding.json().write())),
                    context,
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Some formats hold the time of the export; what the tag names is the rest.
        String tag = EntityTags.of(
                call.caller(), format.contentType(), HexFormat.of().formatHex(Digests.hash(parts)));
        return ApiResponse.of(200, format.contentType(), out.toString())
                .with("etag", "W/" + tag)
                .with("content-disposition", "attachment; filename=\"" + format.fileName() + "\"");
    }

    private static ExportContext context(Call call, ExportFormat format) {
        Optional<String> account = call.parameters().text("hubAccount");
        Optional<String> region = call.parameters().text("hubRegion");
        if (format == ExportFormat.ASFF && (account.isEmpty() || region.isEmpty())) {
            String missing = account.isEmpty() ? "hubAccount" : "hubRegion";
            throw Refusal.mistakes(
                    Problem.Kind.BAD_PARAMETER,
                    List.of(new Problem.Mistake(
                            "query",
                            "/" + missing,
                            "an ASFF export is for one Security Hub; send hubAccount and hubRegion")));
        }
        return new ExportContext(
                call.now(),
                call.scope().tenant(),
                Optional.ofNullable(ExportOperations.class.getPackage().getImplementationVersion())
                        .orElse("0.1.0"),
                account.flatMap(id -> region.map(name -> new ExportContext.SecurityHub(id, name))));
    }

    /** Refuses to go on past what one answer holds: an export with an end missing would look whole. */
    private static Stream<Finding> bounded(Stream<Finding> findings) {
        AtomicInteger count = new AtomicInteger();
        return findings.peek(ignored -> {
            if (count.incrementAndGet() > MOST) {
                throw Refusal.of(
                        Problem.Kind.TOO_LARGE,
                        "the filter has more than " + MOST
                                + " findings, which is what one export holds; narrow it, for example to an account");
            }
        });
    }
}
