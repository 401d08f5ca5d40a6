package io.storyreel.local.client;

import java.util.Optional;

/** Puts the lines of an event stream together to events, as the HTML standard says. One stream, one thread. */
public final class SseParser {

    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private String lastId = "";
    private boolean hasData;

    /** Takes the next line, without its line end; an empty line may complete an event. */
    public Optional<SseEvent> line(String line) {
        if (line.isEmpty()) {
            return complete();
        }
        if (line.startsWith(":")) {
            return Optional.empty();
        }
        var colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "event" -> name = value;
            case "id" -> lastId = value;
            case "data" -> {
                data.append(hasData ? "\n" : "").append(value);
                hasData = true;
            }
            default -> {} // "retry" is ours to decide, other fields are to be ignored
        }
        return Optional.empty();
    }

    private Optional<SseEvent> complete() {
        var event = hasData
                ? Optional.of(new SseEvent(lastId, name.isEmpty() ? "message" : name, data.toString()))
                : Optional.<SseEvent>empty();
        data.setLength(0);
        hasData = false;
        name = "";
        return event;
    }
}
