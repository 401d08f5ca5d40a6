package io.storyreel.common.webhook;

import io.storyreel.common.job.JobStatus;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What receivers are told of. */
public enum WebhookEvent {
    RENDER_COMPLETED,
    RENDER_FAILED,
    RENDER_CANCELED,
    /** Nothing happened; somebody wants to see whether the receiver works. */
    WEBHOOK_TEST;

    /** What an endpoint may ask for: a test needs no asking. */
    public static List<String> subscribable() {
        return Stream.of(RENDER_COMPLETED, RENDER_FAILED, RENDER_CANCELED)
                .map(WebhookEvent::wireName)
                .toList();
    }

    /** How a render ended. */
    public static WebhookEvent ofEnd(JobStatus status) {
        return switch (status) {
            case COMPLETED -> RENDER_COMPLETED;
            case FAILED -> RENDER_FAILED;
            case CANCELED -> RENDER_CANCELED;
            case PENDING, PROCESSING -> throw new IllegalArgumentException("the render has not ended: " + status);
        };
    }

    /** The {@code type} of the body, such as {@code render.completed}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
