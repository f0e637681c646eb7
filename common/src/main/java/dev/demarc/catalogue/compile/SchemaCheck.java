package dev.demarc.catalogue.compile;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks a YAML document against one of the catalogue's JSON Schemas. */
final class SchemaCheck {
    private final Schema schema;

    private SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    static SchemaCheck of(String name) {
        try (InputStream stream = SchemaCheck.class.getResourceAsStream("/catalogue-schema/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("no schema " + name);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new SchemaCheck(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each violation as {@code file:line: what}. */
    List<String> check(YamlDocument document) {
        return schema.validate(document.json().write(), InputFormat.JSON).stream()
                .map(error ->
                        document.place(pointer(error.getInstanceLocation().toString())) + ": " + error.getMessage())
                .sorted()
                .distinct()
                .toList();
    }

    private static String pointer(String location) {
        return location.startsWith("/") ? location : "";
    }
}
