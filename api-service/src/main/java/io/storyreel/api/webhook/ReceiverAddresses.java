package io.storyreel.api.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.address.AddressCheck;
import io.storyreel.common.address.AddressException;
import io.storyreel.common.address.HostResolver;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.StoryboardRules;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Whether an address can be that of a receiver: http or https, and not in a private network. */
@ApplicationScoped
public class ReceiverAddresses {
    private final AddressCheck check;

    ReceiverAddresses(HostResolver resolver, ReceiverSettings settings) {
        this.check = new AddressCheck(resolver, settings.allowedHosts().orElse(List.of()), settings.connectTimeout());
    }

    /** Fails with a {@link ProblemException} if it cannot be one, or if its name is not known. */
    Uni<Void> check(String field, String url) {
        return lookUp(parse(field, url).getHost())
                .onFailure(AddressException.class)
                .transform(failure -> refused(field, "cannot be used: " + failure.getMessage()));
    }

    /**
     * The same for an address that is only a part of what the user wants, and whose form somebody else checks: a name
     * that cannot be looked up right now is no reason to refuse the rest, as every delivery asks again.
     *
     * @param url null passes
     */
    public Uni<Void> checkUnlessUnknown(String field, String url) {
        URI uri = url == null ? null : webAddress(url);
        return uri == null
                ? Uni.createFrom().voidItem()
                : lookUp(uri.getHost())
                        .onFailure(failure -> failure instanceof AddressException name && name.isPassing())
                        .recoverWithNull()
                        .onFailure(AddressException.class)
                        .transform(failure -> refused(field, "cannot be used: " + failure.getMessage()));
    }

    /** Comes back to the caller's context: names are looked up elsewhere, and sessions of the database are bound to it. */
    private Uni<Void> lookUp(String host) {
        Context own = Vertx.currentContext();
        return check.check(host, false)
                .emitOn(task -> own.runOnContext(ignored -> task.run()))
                .replaceWithVoid();
    }

    private static URI parse(String field, String url) {
        if (url == null) {
            throw refused(field, "is missing: give the address that shall be told");
        }
        if (url.length() > StoryboardRules.MAX_URL) {
            throw refused(field, "may have at most " + StoryboardRules.MAX_URL + " characters, has " + url.length());
        }
        URI uri = webAddress(url);
        if (uri == null) {
            throw refused(field, "must be an http or https address that names a host and no user");
        }
        return uri;
    }

    /** Null if it is none. */
    private static URI webAddress(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null ? uri : null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }

    private static ProblemException refused(String field, String message) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST, field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
