package io.storyreel.api.webhook;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.StoryboardRules;
import io.storyreel.common.webhook.WebhookEvent;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.ArrayList;
import java.util.List;

/** An endpoint as its owner wants it. What is left out is all events, enabled, or when it is changed: as it was. */
@Schema(
        name = "WebhookEndpointRequest",
        example = "{\"url\": \"https://example.com/storyreel\", \"events\": [\"render.completed\", \"render.failed\"]}")
public record EndpointRequest(
        @Schema(
                        format = "uri",
                        maxLength = StoryboardRules.MAX_URL,
                        description = "http or https; needed for a new endpoint")
                String url,
        @Schema(
                        minItems = 1,
                        maxItems = 3,
                        uniqueItems = true,
                        description = "Any of render.completed, render.failed, render.canceled")
                List<String> events,
        @Schema(description = "Whether it is told of anything") Boolean enabled) {

    private static final int LONGEST_VALUE = 40;

    /** @return null if the request does not say */
    String[] checkedEvents() {
        if (events == null) {
            return null;
        }
        List<String> known = WebhookEvent.subscribable();
        List<Violation> errors = new ArrayList<>();
        if (events.isEmpty()) {
            errors.add(new Violation("events", "must name at least one of " + String.join(", ", known)));
        }
        // As many as there are: what follows cannot be right, and may be very long.
        if (events.size() > known.size()) {
            errors.add(new Violation("events", "may name at most " + known.size() + ", names " + events.size()));
        }
        for (int i = 0; i < Math.min(events.size(), known.size()); i++) {
            if (!known.contains(events.get(i))) {
                errors.add(new Violation(
                        "events[" + i + "]",
                        "must be one of " + String.join(", ", known) + ", is " + shown(events.get(i))));
            } else if (events.indexOf(events.get(i)) < i) {
                errors.add(new Violation("events[" + i + "]", "is named twice"));
            }
        }
        if (!errors.isEmpty()) {
            Violation first = errors.get(0);
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, first.field() + " " + first.message() + ".", errors);
        }
        return events.toArray(String[]::new);
    }

    boolean saysNothing() {
        return url == null && events == null && enabled == null;
    }

    private static String shown(String value) {
        if (value == null) {
            return "null";
        }
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }
}
