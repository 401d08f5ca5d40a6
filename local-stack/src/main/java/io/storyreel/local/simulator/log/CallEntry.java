package io.storyreel.local.simulator.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.call.CallKind;

import java.time.Instant;

/**
 * One call.
 *
 * @param status of the answer, 0 when the connection was closed without one
 * @param refusal what the answer says when its status tells of an error, shortened; else empty
 * @param fault name of the fault applied, empty for none
 * @param task id, empty when the call is about none
 * @param replayed whether an idempotency key made it a repetition
 * @param purchase null unless it bought something
 */
public record CallEntry(
        long number,
        Instant time,
        String provider,
        CallKind kind,
        String method,
        String path,
        int status,
        String refusal,
        String fault,
        String task,
        boolean replayed,
        long milliseconds,
        Purchase purchase) {

    public ObjectNode describe() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("number", number)
                .put("time", time.toString())
                .put("provider", provider)
                .put("kind", kind.word())
                .put("method", method)
                .put("path", path)
                .put("status", status)
                .put("refusal", refusal.isEmpty() ? null : refusal)
                .put("fault", fault.isEmpty() ? null : fault)
                .put("task", task.isEmpty() ? null : task)
                .put("replayed", replayed)
                .put("milliseconds", milliseconds);
        if (purchase != null) {
            json.set("purchase", purchase.describe());
        }
        return json;
    }
}
