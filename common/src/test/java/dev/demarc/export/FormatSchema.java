package dev.demarc.export;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A format's own schema, as vendored in {@code /schemas}. */
final class FormatSchema {
    private final Schema schema;

    private FormatSchema(Schema schema) {
        this.schema = schema;
    }

    static FormatSchema of(String name, SpecificationVersion version) {
        try (InputStream stream = FormatSchema.class.getResourceAsStream("/schemas/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("no schema " + name + "; run .ci/schemas");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new FormatSchema(SchemaRegistry.withDefaultDialect(version).getSchema(text, InputFormat.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong, formats such as date-time included. */
    List<String> mistakes(String json) {
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .map(line -> line.length() > 300 ? line.substring(0, 300) : line)
                .toList();
    }
}
