package dev.demarc.api;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.record.Documents;
import dev.demarc.record.Poison;
import dev.demarc.record.PoisonJson;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** The suite itself: its health, its description, what it refused, and the rebuild. */
final class SystemOperations {
    private static final int SHOWN = 100;
    /** How many quarantined records are counted and listed; more than that is an incident, not a list. */
    static final int COUNTED = 10_000;

    private final ScopedReads reads;
    private final Documents documents;
    private final Catalogue catalogue;
    private final Rebuilding rebuilding;
    private final Listing listing;

    SystemOperations(
            ScopedReads reads, Documents documents, Catalogue catalogue, Rebuilding rebuilding, Listing listing) {
        this.reads = reads;
        this.documents = documents;
        this.catalogue = catalogue;
        this.rebuilding = rebuilding;
        this.listing = listing;
    }

    List<Operation> all() {
        return List.of(
                Operation.open("readHealth", "/v1/health", ApiResponse.JSON, this::health),
                Operation.open(
                        "readDescription",
                        "/v1/openapi.yaml",
                        "application/yaml",
                        ignored -> ApiResponse.of(200, "application/yaml", resource("findings-api.yaml"))),
                Operation.open(
                        "readDescriptionAsJson",
                        "/v1/openapi.json",
                        ApiResponse.JSON,
                        ignored -> ApiResponse.of(200, ApiResponse.JSON, resource("findings-api.json"))),
                Operation.read(
                        "listQuarantine",
                        "/v1/quarantine",
                        Operation.EVERYONE,
                        List.of(Listing.SIZE, Listing.TOKEN),
                        this::quarantine),
                Operation.change("rebuild", "POST", "/v1/rebuild", Operation.ADMIN, this::rebuild)
                        .wholeTenant());
    }

    private ApiResponse health(Call call) {
        // A store that cannot be read throws, which the caller sees as an error and not as health.
        documents.document(Scope.operator(Scope.MAIN), Documents.Kind.REGISTER, "current");
        return ApiResponse.json(Json.object()
                .with("status", "ok")
                .with("serviceTypesInCatalogue", catalogue.serviceTypes().size())
                .build());
    }

    private ApiResponse quarantine(Call call) {
        List<Poison> all = reads.poison(call.scope(), COUNTED);
        String after = listing.position(call).orElse("");
        List<Poison> page = all.stream()
                .sorted(Comparator.comparing(SystemOperations::place).reversed())
                .filter(one -> after.isEmpty() || place(one).compareTo(after) < 0)
                .limit(Listing.size(call) + 1L)
                .toList();
        Json total = Listing.total(all.size(), Listing.exactness(all.size() < COUNTED));
        return listing.page(
                call, Json.object().with("total", total), "records", page, PoisonJson::write, SystemOperations::place);
    }

    /** Where a record stands: the later it was last seen, the greater. */
    private static String place(Poison one) {
        String identity = HexFormat.of()
                .formatHex(Digests.hash(List.of(
                        one.digest(),
                        one.source(),
                        one.account().map(AccountId::key).orElse(""))));
        return "%020d.%09d|%s"
                .formatted(one.lastSeen().getEpochSecond(), one.lastSeen().getNano(), identity);
    }

    /** What a rebuild is asked for. */
    private enum Mode {
        CHECK,
        REPAIR
    }

    private ApiResponse rebuild(Call call) {
        BodyReader body = new BodyReader(call.body());
        Mode mode = body.choice("mode", Mode.class);
        body.finish();
        return ApiResponse.json(
                switch (mode) {
                    case CHECK -> rebuilding.check(call.scope()).json(SHOWN);
                    case REPAIR -> rebuilding.repair(call.scope()).json(SHOWN);
                });
    }

    static String resource(String name) {
        try (InputStream stream = SystemOperations.class.getResourceAsStream("/api/" + name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not in the package");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
