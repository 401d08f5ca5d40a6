package io.storyreel.api.auth;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Signing a browser in and out. The token stays in a cookie that scripts cannot read. */
@Open
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Session")
public class SessionResource {
    private final Authentication authentication;
    private final TokenVerifier tokens;
    private final TokenIssuer issuer;
    private final SignInLinks links;
    private final Clock clock;

    /** Exactly one of the two. */
    public record SignIn(
            @Schema(description = "Of a sign-in link", minLength = 1, maxLength = SignInLinks.LONGEST_CODE) String code,
            @Schema(minLength = 1, maxLength = TokenVerifier.LONGEST_TOKEN) String token) {}

    public record Session(String subject, List<UUID> workspaces, Instant expiresAt) {}

    /** @param url relative to this server; good for one use */
    public record SignInLink(String url, Instant expiresAt) {}

    public SessionResource(
            Authentication authentication, TokenVerifier tokens, TokenIssuer issuer, SignInLinks links, Clock clock) {
        this.authentication = authentication;
        this.tokens = tokens;
        this.issuer = issuer;
        this.links = links;
        this.clock = clock;
    }

    @POST
    @Operation(operationId = "signIn", summary = "Sign a browser in with a one-time code or a token")
    @SecurityRequirementsSet
    @APIResponse(responseCode = "204", description = "Signed in; the cookie is set")
    @APIResponse(responseCode = "401", description = "The code is unknown, used or expired, or the token is not good")
    public Uni<Void> signIn(SignIn request, @Context HttpServerRequest http) {
        if (request == null || (request.code() == null) == (request.token() == null)) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "Send either a code or a token.",
                    List.of(
                            new Violation("code", "give the code of a sign-in link, or a token instead"),
                            new Violation("token", "give a token, or the code of a sign-in link instead")));
        }
        requireText("code", request.code(), SignInLinks.LONGEST_CODE);
        requireText("token", request.token(), TokenVerifier.LONGEST_TOKEN);
        if (request.token() != null) {
            remember(request.token(), tokens.verify(request.token()), http);
            return Uni.createFrom().voidItem();
        }
        return links.use(request.code())
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(
                        ProblemCode.UNAUTHORIZED, "The sign-in link was used already or has expired; get a new one."))
                .invoke(caller -> remember(issuer.issue(caller), caller, http))
                .replaceWithVoid();
    }

    @GET
    @Operation(operationId = "currentSession", summary = "Who is signed in")
    public Session session(@Context HttpServerRequest http) {
        Caller caller = authentication.callerOf(http);
        return new Session(
                caller.subject(), caller.workspaces().stream().sorted().toList(), caller.expiresAt());
    }

    @DELETE
    @Operation(operationId = "signOut", summary = "Sign the browser out")
    @SecurityRequirementsSet
    @APIResponse(responseCode = "204", description = "Signed out; the cookie is gone")
    public void signOut(@Context HttpServerRequest http) {
        http.response().addCookie(SessionCookie.of("", 0, http.isSSL()));
    }

    @POST
    @Path("/links")
    @ResponseStatus(201)
    @Operation(operationId = "createSignInLink", summary = "Make a one-time link that signs a browser in")
    @APIResponse(
            responseCode = "201",
            description = "The link",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SignInLink.class)))
    public Uni<SignInLink> createLink(@Context HttpServerRequest http) {
        return links.create(authentication.callerOf(http))
                .map(link -> new SignInLink("/signin?code=" + link.code(), link.expiresAt()));
    }

    private static void requireText(String field, String text, int most) {
        boolean hasNul = text != null && text.indexOf('\0') >= 0;
        if (text != null && (text.isEmpty() || text.length() > most || hasNul)) {
            String message = hasNul
                    ? "holds a NUL character: remove it"
                    : "must have 1 to " + most + " characters, has " + text.length();
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The " + field + " " + message + ".",
                    List.of(new Violation(field, message)));
        }
    }

    private void remember(String token, Caller caller, HttpServerRequest http) {
        long seconds = Duration.between(clock.instant(), caller.expiresAt()).toSeconds();
        http.response().addCookie(SessionCookie.of(token, Math.max(1, seconds), http.isSSL()));
    }
}
