package dev.demarc.local;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.project.Rebuild;
import dev.demarc.query.Audit;
import dev.demarc.query.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/** The demo proves its own figures: the served API says the same, and so does a rebuild from the observations. */
final class DemoCheck {
    private DemoCheck() {}

    static void served(Path folder, SqliteStore store, Audit audit, List<Finding> findings)
            throws IOException, InterruptedException {
        try (Server server = Server.start(folder, store, () -> DemoCommand.RECORDED_AT, 0);
                HttpClient http = HttpClient.newHttpClient()) {
            Json served = get(http, server, "/v1/audit");
            Json listed = get(http, server, "/v1/findings?pageSize=1");
            if (!served.at("categories").equals(audit.json().at("categories"))
                    || listed.at("total").longAt("count", -1) != findings.size()) {
                throw new IllegalStateException(
                        "the API's figures are not the audit's; this is a defect, please report it");
            }
        }
    }

    private static Json get(HttpClient http, Server server, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("authorization", "Bearer " + server.token())
                .build();
        return JsonReader.parse(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    static void rebuilt(SqliteStore store) {
        Rebuild.Report report = new Rebuild(store).check(ignored -> {});
        if (!report.isEqual()) {
            throw new IllegalStateException("findings and counters are not what follows from the observations ("
                    + report.differences().size() + " differences); this is a defect, please report it");
        }
    }
}
