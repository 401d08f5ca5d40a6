package io.storyreel.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.storyreel.common.batch.OverloadedException;
import io.storyreel.common.job.DatabaseOutage;
import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.StorageOutage;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.persistence.OptimisticLockException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import org.hibernate.StaleStateException;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a client is told of a failure: the one place that knows. */
public final class Problems {
    private static final Map<Integer, ProblemCode> BY_STATUS = Map.of(
            400, ProblemCode.INVALID_REQUEST,
            401, ProblemCode.UNAUTHORIZED,
            403, ProblemCode.FORBIDDEN,
            404, ProblemCode.NOT_FOUND,
            405, ProblemCode.METHOD_NOT_ALLOWED,
            406, ProblemCode.NOT_ACCEPTABLE,
            411, ProblemCode.LENGTH_REQUIRED,
            413, ProblemCode.TOO_LARGE,
            415, ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            503, ProblemCode.UNAVAILABLE);

    /** The reader of forms has no type of its own for this failure. */
    private static final String CUT_OFF = "Connection terminated parsing multipart request";

    private Problems() {}

    /** The problem that the failure, or what caused it, stands for; null if it was not expected. */
    public static Problem of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            Problem known = known(cause);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        return failure instanceof WebApplicationException web
                ? ofStatus(web.getResponse().getStatus())
                : null;
    }

    /** For failures of which no more is known than their status; null if that is one of ours. */
    public static Problem ofStatus(int status) {
        ProblemCode code = BY_STATUS.get(status);
        return code == null ? null : Problem.of(code, code.title() + ".", List.of());
    }

    private static Problem known(Throwable failure) {
        if (failure instanceof IOException && CUT_OFF.equals(failure.getMessage())) {
            return Problem.of(
                    ProblemCode.INVALID_REQUEST,
                    "The multipart body ends before its last boundary.",
                    List.of(new Violation("file", "is not there to its end")));
        }
        if (failure instanceof ProblemException expected) {
            return expected.problem();
        }
        if (failure instanceof JsonProcessingException body) {
            return BodyProblems.of(body);
        }
        if (failure instanceof ConstraintViolationException constraints) {
            return ofConstraints(constraints);
        }
        if (failure instanceof OverloadedException) {
            return Problem.of(ProblemCode.UNAVAILABLE, "Too much to do at once; try again in a second.", List.of());
        }
        if (failure instanceof StaleStateException || failure instanceof OptimisticLockException) {
            return Problem.of(
                    ProblemCode.STALE_VERSION, "It was changed meanwhile: read it again, then repeat.", List.of());
        }
        if (failure instanceof ObjectMissingException) {
            return Problem.of(ProblemCode.NOT_FOUND, "The file is not in the store any more.", List.of());
        }
        return isOutage(failure)
                ? Problem.of(
                        ProblemCode.UNAVAILABLE,
                        "The database or the file store does not answer; try again shortly.",
                        List.of())
                : null;
    }

    private static Problem ofConstraints(ConstraintViolationException failure) {
        List<Violation> errors = failure.getConstraintViolations().stream()
                .map(one -> new Violation(lastName(one.getPropertyPath().toString()), one.getMessage()))
                .toList();
        return Problem.of(ProblemCode.INVALID_REQUEST, "Some values cannot be accepted; see errors.", errors);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Lost connections come as VertxException or NoStackTraceThrowable, with no more than a text. */
    private static boolean isOutage(Throwable failure) {
        if (failure instanceof PgException database) {
            return DatabaseOutage.isOne(database);
        }
        return StorageOutage.isOne(failure)
                || failure instanceof VertxException
                || failure instanceof NoStackTraceThrowable;
    }
}
