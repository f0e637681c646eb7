package dev.demarc.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.demarc.api.Credentials;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * The bearer tokens of a data directory: the one in {@code api-token}, which may do everything, and JWTs signed with {@code api-key}. Stands
 * where API Gateway's authorizer stands: turns a token into claims and leaves it to the API what they allow.
 */
final class ApiTokens {
    static final String TOKEN_FILE = "api-token";
    static final String KEY_FILE = "api-key";
    static final String ISSUER = "demarc-local";
    static final String AUDIENCE = "demarc-api";

    private static final Duration REQUEST = Duration.ofMinutes(1);

    private final String token;
    private final byte[] key;

    private ApiTokens(String token, String key) {
        this.token = token;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads token and key of the directory, making those that are not there. */
    static ApiTokens open(Path directory) throws IOException {
        SecureRandom random = new SecureRandom();
        return new ApiTokens(
                SecretFile.readOrMake(directory.resolve(TOKEN_FILE), random),
                SecretFile.readOrMake(directory.resolve(KEY_FILE), random));
    }

    static Credentials credentials() {
        return new Credentials(ISSUER, AUDIENCE);
    }

    /** The token that may do everything. */
    String token() {
        return token;
    }

    /** The claims of the {@code Authorization} header; empty when its token is not genuine. */
    Optional<Json> claims(String authorization, Instant now) {
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        String bearer = authorization.substring(7).strip();
        boolean isToken =
                MessageDigest.isEqual(bearer.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        return isToken ? Optional.of(everything(now)) : signed(bearer);
    }

    private static Json everything(Instant now) {
        return Json.object()
                .with("iss", ISSUER)
                .with("aud", AUDIENCE)
                .with("sub", "local")
                .with("exp", now.plus(REQUEST).getEpochSecond())
                .with(Credentials.TENANT, Scope.MAIN)
                .with(Credentials.ROLE, Role.ADMIN.word())
                .build();
    }

    /** Only HS256 with our key: a token that names another algorithm, or none, is not asked any further. Times are checked with the claims. */
    private Optional<Json> signed(String bearer) {
        try {
            SignedJWT jwt = SignedJWT.parse(bearer);
            boolean genuine =
                    JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) && jwt.verify(new MACVerifier(key));
            return genuine ? Optional.of(JsonReader.parse(jwt.getPayload().toString())) : Optional.empty();
        } catch (ParseException | JOSEException notAToken) {
            return Optional.empty();
        }
    }

    /** A JWT for the role within the tenant, for all accounts when none is named. */
    String issue(Role role, String tenant, List<AccountId> accounts, String subject, Instant expires) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .expirationTime(Date.from(expires))
                .claim(Credentials.TENANT, tenant)
                .claim(Credentials.ROLE, role.word());
        if (!accounts.isEmpty()) {
            claims.claim(
                    Credentials.ACCOUNTS, accounts.stream().map(AccountId::key).toList());
        }
        return sign(claims.build());
    }

    String sign(JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            jwt.sign(new MACSigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the key in " + KEY_FILE + " cannot sign", e);
        }
    }
}
