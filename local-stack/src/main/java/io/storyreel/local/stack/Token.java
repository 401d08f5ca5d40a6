package io.storyreel.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Bearer tokens (JWT, HS256) as the services check them. */
public final class Token {

    private static final String ISSUER = "storyreel";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Token() {}

    /** A token for one workspace that is valid from now on. */
    public static String issue(Secret secret, String subject, UUID workspace, Duration validFor, Clock clock) {
        var now = clock.instant();
        var header = JsonNodeFactory.instance.objectNode().put("alg", "HS256").put("typ", "JWT");
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", ISSUER)
                .put("sub", subject)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(validFor).getEpochSecond());
        claims.putArray("workspaces").add(workspace.toString());
        var signed = encode(header) + "." + encode(claims);
        return signed + "." + BASE64.encodeToString(secret.sign(signed));
    }

    /**
     * The workspaces a token names. Its signature is the server's business.
     *
     * @throws IllegalArgumentException when it is no JWT
     */
    public static List<UUID> workspaces(String token) {
        var parts = token.split("\\.");
        if (parts.length != 3) {
            throw new IllegalArgumentException("the token is no JWT: it has " + parts.length + " parts, not 3");
        }
        try {
            var workspaces = new ArrayList<UUID>();
            for (JsonNode workspace :
                    JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("workspaces")) {
                workspaces.add(UUID.fromString(workspace.asText()));
            }
            return workspaces;
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the token's claims cannot be read", e);
        }
    }

    private static String encode(JsonNode json) {
        return BASE64.encodeToString(json.toString().getBytes(UTF_8));
    }
}
