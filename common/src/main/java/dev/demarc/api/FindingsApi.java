package dev.demarc.api;

/** The API, the same behind Lambda and on one machine. */
public final class FindingsApi {
    /** Answers the request. What the caller did wrong is a problem+json; a failure of the store is thrown. */
    public ApiResponse handle(ApiRequest request) {
        throw new UnsupportedOperationException();
    }
}
