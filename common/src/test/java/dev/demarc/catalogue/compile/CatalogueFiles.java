package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.model.ServiceType;
import dev.demarc.normalise.SourceDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The catalogue's sources as the tests see them. */
public final class CatalogueFiles {
    public static final Path FOLDER = Path.of("src/main/resources/catalogue");

    private CatalogueFiles() {}

    /** As {@link #cases}, of the forms in which resources are read from their provider. */
    public static Map<CatalogueEntry, List<Cases.Case>> live() {
        Map<CatalogueEntry, List<Cases.Case>> live = new LinkedHashMap<>(cases());
        live.keySet().removeIf(entry -> entry.form().isDeclared() || entry.form() == CatalogueEntry.Form.ATTESTATION);
        return live;
    }

    /** Each service type, in each form that it has, with the cases of its twin. */
    public static Map<CatalogueEntry, List<Cases.Case>> cases() {
        Catalogue catalogue = Catalogue.bundled();
        Map<CatalogueEntry, List<Cases.Case>> cases = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".cases.yaml"))
                    .sorted()
                    .toList()) {
                YamlDocument yaml = YamlDocument.read(file);
                CatalogueEntry entry =
                        entry(catalogue, file, new ServiceType(yaml.json().textAt("service-type", "")));
                cases.put(entry, new Cases(entry, yaml).all());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    /** Each service type as the provider creates it when nothing is chosen. Those of which the files show no such resource are left out. */
    public static Map<ServiceType, SourceDocument> byDefault() {
        Catalogue catalogue = Catalogue.bundled();
        Map<ServiceType, SourceDocument> defaults = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".cases.yaml"))
                    .sorted()
                    .toList()) {
                YamlDocument yaml = YamlDocument.read(file);
                CatalogueEntry entry =
                        entry(catalogue, file, new ServiceType(yaml.json().textAt("service-type", "")));
                if (!entry.form().isDeclared() && yaml.json().at("default").isObject()) {
                    defaults.put(entry.serviceType(), new Cases(entry, yaml).byDefault());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return defaults;
    }

    /** The entry in the form that the file's name says. */
    private static CatalogueEntry entry(Catalogue catalogue, Path file, ServiceType type) {
        for (CatalogueEntry.Form form : CatalogueEntry.Form.values()) {
            if (form.isDeclared() && file.toString().endsWith("." + form.word() + ".cases.yaml")) {
                return catalogue.entry(type, form).orElseThrow();
            }
        }
        return catalogue.entry(type).orElseThrow();
    }
}
