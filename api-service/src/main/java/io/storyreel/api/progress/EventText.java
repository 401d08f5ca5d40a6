package io.storyreel.api.progress;

import io.storyreel.common.job.JobEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.Set;

/** The wire form of events (the EventSource format of the HTML standard). Each is made once for all who watch. */
final class EventText {
    static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    private static final Set<String> FINAL = Set.of("completed", "failed", "canceled");

    private EventText() {}

    static Buffer retry(Duration pause) {
        return Buffer.buffer("retry: " + pause.toMillis() + "\n\n");
    }

    /** With the event's number, so that a client can say where it was. */
    static Buffer numbered(JobEvent event) {
        return numbered(event.seq(), event.type().wireName(), event.toJson());
    }

    static Buffer numbered(int seq, String name, String json) {
        return Buffer.buffer(json.length() + 48)
                .appendString("id: ")
                .appendString(Integer.toString(seq))
                .appendString("\n")
                .appendBuffer(plain(name, json));
    }

    /** Without a number: numbers of different jobs mean nothing to each other. */
    static Buffer plain(String name, String json) {
        Buffer text = Buffer.buffer(json.length() + 32)
                .appendString("event: ")
                .appendString(name)
                .appendString("\n");
        // A line break inside the data would end it.
        json.lines()
                .forEach(line -> text.appendString("data: ").appendString(line).appendString("\n"));
        return text.appendString("\n");
    }

    /** The message of a channel, or null if it is not a JSON object. */
    static JsonObject parse(String message) {
        try {
            return new JsonObject(message);
        } catch (DecodeException | ClassCastException foreign) {
            return null;
        }
    }

    /** The event's name, found from its content. The same as {@link JobEvent#type} for messages of our own. */
    static String nameOf(JsonObject message) {
        String status = String.valueOf(message.getValue("status"));
        if (FINAL.contains(status)) {
            return status;
        }
        return message.containsKey("waiting_reason") ? "waiting" : "progress";
    }

    static boolean isFinal(String name) {
        return FINAL.contains(name);
    }

    /** The number within the job, or 0 if the message has none. */
    static int seqOf(JsonObject message) {
        return message.getValue("seq") instanceof Number number ? number.intValue() : 0;
    }
}
