package dev.demarc.gcp;

import com.google.cloud.functions.HttpResponse;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what the function answers. */
final class FakeResponse implements HttpResponse {
    private final StringWriter text = new StringWriter();
    private final BufferedWriter writer = new BufferedWriter(text);
    private int status = 200;

    int status() {
        return status;
    }

    Json json() {
        return JsonReader.parse(text.toString());
    }

    void close() throws IOException {
        writer.flush();
    }

    @Override
    public void setStatusCode(int code) {
        status = code;
    }

    @Override
    public void setStatusCode(int code, String message) {
        status = code;
    }

    @Override
    public void setContentType(String contentType) {
        // Not what these tests are about.
    }

    @Override
    public Optional<String> getContentType() {
        return Optional.empty();
    }

    @Override
    public void appendHeader(String header, String value) {
        throw new UnsupportedOperationException("the function sets no header");
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return Map.of();
    }

    @Override
    public OutputStream getOutputStream() {
        throw new UnsupportedOperationException("the function writes text");
    }

    @Override
    public BufferedWriter getWriter() {
        return writer;
    }
}
