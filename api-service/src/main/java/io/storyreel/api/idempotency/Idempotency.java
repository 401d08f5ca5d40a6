package io.storyreel.api.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/**
 * Carries a request with a key out once. Before anything is done, the key is written down with the id that will be given
 * to what the request makes ({@link ReservedId}); before the client is answered, so is the answer. Whoever dies between
 * the two leaves the id behind.
 */
@ApplicationScoped
public class Idempotency {
    private static final Logger LOG = Logger.getLogger(Idempotency.class);

    /** What was done is not undone because its answer cannot be kept; the client does not wait longer for that. */
    private static final Duration KEEP_WITHIN = Duration.ofSeconds(5);

    private final KeyedRequests rows;
    private final HeldRequests held;
    private final AnswerSeal seal;
    private final IdempotencySettings settings;
    private final ObjectMapper json;

    Idempotency(
            KeyedRequests rows, HeldRequests held, AnswerSeal seal, IdempotencySettings settings, ObjectMapper json) {
        this.rows = rows;
        this.held = held;
        this.seal = seal;
        this.settings = settings;
        this.json = json;
    }

    /**
     * For an upload, once it is known what was uploaded: its content is what makes it the same as another, however the
     * form around it was written. Fails with the answer if there is one; does nothing if the request has no key.
     */
    public Uni<Void> beginUpload(String sha256) {
        KeyedRequest request = KeyedRequest.uploading();
        return request == null
                ? Uni.createFrom().voidItem()
                : begin(request, sha256)
                        .invoke(answer -> {
                            if (answer != null) {
                                throw new WebApplicationException(answer);
                            }
                        })
                        .replaceWithVoid();
    }

    /** The answer of before, or null if the request is to be carried out now. */
    Uni<Response> begin(KeyedRequest request, String content) {
        return rows.begin(request.id(), request.digest(content)).chain(beginning -> {
            if (beginning instanceof Beginning.Begun begun) {
                return carryOut(request, begun.hold());
            }
            if (beginning instanceof Beginning.Answered answered) {
                return replay(request, content, answered);
            }
            throw beginning instanceof Beginning.UnderWay other ? underWay(other.left()) : reused();
        });
    }

    private Uni<Response> carryOut(KeyedRequest request, Hold hold) {
        request.begun(hold);
        held.add(hold);
        if (request.isLeft()) {
            held.remove(hold);
        }
        return Uni.createFrom().nullItem();
    }

    private Uni<Response> replay(KeyedRequest request, String content, Beginning.Answered answered) {
        byte[] plain = seal.open(request.key(), request.id(), answered.sealed());
        if (plain == null) {
            return rows.giveUp(request.id(), answered.attempt()).chain(() -> begin(request, content));
        }
        try {
            return Uni.createFrom().item(KeptAnswer.parse(plain, json).replayed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProblemException reused() {
        return new ProblemException(
                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                "The Idempotency-Key was used for another request in the last "
                        + settings.kept().toHours() + " hours: take a new key for a new request.");
    }

    private static ProblemException underWay(Duration left) {
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return new ProblemException(
                ProblemCode.IDEMPOTENCY_KEY_IN_USE,
                "A request with this Idempotency-Key is under way: repeat it in " + seconds + " s to get its answer.",
                Map.of("retry_after", seconds));
    }

    /**
     * Keeps what was done and forgets what was not. What nobody knows the outcome of (5xx) keeps its reserved id, so that
     * a repetition finds what was made.
     */
    Uni<Void> finish(KeyedRequest request, ContainerResponseContext response) {
        Hold hold = request.hold();
        int status = response.getStatus();
        Uni<Void> kept = status >= 500
                ? rows.giveUp(hold.id(), hold.attempt())
                : status >= 400 ? rows.forget(hold) : keep(request, response);
        return kept.ifNoItem()
                .after(KEEP_WITHIN)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "answer not kept, a repetition is carried out anew: reserved=%s reason=%s",
                        hold.reservedId(), failure))
                .onFailure()
                .recoverWithNull()
                .invoke(() -> held.remove(hold));
    }

    private Uni<Void> keep(KeyedRequest request, ContainerResponseContext response) {
        Hold hold = request.hold();
        try {
            byte[] plain = KeptAnswer.of(response, json).compressed(json);
            return plain.length > settings.largestAnswer().asLongValue()
                    ? rows.giveUp(hold.id(), hold.attempt())
                    : rows.answer(hold, seal.seal(request.key(), request.id(), plain));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client has gone, and with it perhaps the work: nobody says any more that it is alive. */
    void leave(KeyedRequest request) {
        request.leave();
        if (request.hold() != null) {
            held.remove(request.hold());
        }
    }
}
