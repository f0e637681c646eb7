package dev.demarc.gcp;

import com.google.cloud.functions.HttpRequest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call of the schedule, with or without a checkpoint. */
record FakeRequest(Optional<String> checkpoint) implements HttpRequest {
    @Override
    public Map<String, List<String>> getQueryParameters() {
        return checkpoint.map(one -> Map.of("checkpoint", List.of(one))).orElse(Map.of());
    }

    @Override
    public String getMethod() {
        return "POST";
    }

    @Override
    public String getUri() {
        throw notAsked();
    }

    @Override
    public String getPath() {
        throw notAsked();
    }

    @Override
    public Optional<String> getQuery() {
        throw notAsked();
    }

    @Override
    public Map<String, HttpPart> getParts() {
        throw notAsked();
    }

    @Override
    public Optional<String> getContentType() {
        throw notAsked();
    }

    @Override
    public long getContentLength() {
        throw notAsked();
    }

    @Override
    public Optional<String> getCharacterEncoding() {
        throw notAsked();
    }

    @Override
    public InputStream getInputStream() {
        throw notAsked();
    }

    @Override
    public BufferedReader getReader() {
        throw notAsked();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        throw notAsked();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("the function does not ask for this");
    }
}
