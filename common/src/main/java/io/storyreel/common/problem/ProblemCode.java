package io.storyreel.common.problem;

import java.util.Locale;

/** Every kind of failure a client can meet, with its HTTP status. The code is for programs and never changes. */
public enum ProblemCode {
    INVALID_REQUEST(400, "The request is not valid"),
    UNAUTHORIZED(401, "A valid token is needed"),
    OVER_BUDGET(402, "The budget of the workspace does not suffice"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "There is no such thing here"),
    METHOD_NOT_ALLOWED(405, "This address does not know the method"),
    NOT_ACCEPTABLE(406, "The answer cannot be given in the form asked for"),
    CONFLICT(409, "The request does not fit the present state"),
    NOT_APPROVED(409, "The project is not approved"),
    ALREADY_RENDERING(409, "The project is being rendered already"),
    STALE_PLAN(409, "It is not as it was planned any more"),
    PICTURE_NOT_MADE(409, "The picture was not made"),
    IDEMPOTENCY_KEY_REUSED(409, "The key stands for another request"),
    IDEMPOTENCY_KEY_IN_USE(409, "The request with this key is under way"),
    REMOVED(410, "It was kept for a time, and was removed"),
    LENGTH_REQUIRED(411, "Say how long the body is"),
    STALE_VERSION(412, "The project was changed meanwhile"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not understood here"),
    RANGE_NOT_SATISFIABLE(416, "The file has no such range"),
    STORYBOARD_INCOMPLETE(422, "The storyboard cannot be rendered yet"),
    UNUSABLE_FILE(422, "The file cannot be used"),
    UNUSABLE_PROVIDER(422, "The provider cannot be used"),
    PRECONDITION_REQUIRED(428, "Say which version you mean"),
    REFINED_TOO_OFTEN(429, "The job has been refined as often as it may be"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL(500, "Something went wrong on our side"),
    UNAVAILABLE(503, "A part of the service is not reachable right now"),
    NO_FFMPEG(503, "No worker has ffmpeg"),
    NOT_READY_IN_TIME(504, "It takes longer than a request may wait");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
