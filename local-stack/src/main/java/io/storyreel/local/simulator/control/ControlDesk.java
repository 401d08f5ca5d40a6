package io.storyreel.local.simulator.control;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.fault.BadFaults;
import io.storyreel.local.simulator.fault.Faults;
import io.storyreel.local.simulator.log.CallEntry;
import io.storyreel.local.simulator.log.CallLog;
import io.storyreel.local.simulator.media.Samples;
import io.storyreel.local.simulator.task.Paces;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code /simulator/…} and {@code /assets/…}: what is for whoever uses the simulator and not for a vendor. */
public final class ControlDesk {

    private final Map<String, TaskLine> lines;
    private final Set<String> vendors;
    private final Faults faults;
    private final Paces paces;
    private final CallLog log;
    private final Samples samples;

    /** @param lines of the vendors that work by tasks */
    public ControlDesk(
            Set<String> vendors,
            Map<String, TaskLine> lines,
            Faults faults,
            Paces paces,
            CallLog log,
            Samples samples) {
        this.vendors = vendors;
        this.lines = new TreeMap<>(lines);
        this.faults = faults;
        this.paces = paces;
        this.log = log;
        this.samples = samples;
    }

    public Answer answer(Request request) {
        try {
            return switch (request.call()) {
                case "GET /simulator/calls" -> Answer.json(200, calls(request));
                case "DELETE /simulator/calls" -> {
                    log.clear();
                    yield Answer.empty(204);
                }
                case "GET /simulator/tasks" -> Answer.json(200, tasks(request));
                case "GET /simulator/faults" -> Answer.json(200, faults.describe());
                case "PUT /simulator/faults" -> {
                    faults.set(object(request));
                    yield Answer.json(200, faults.describe());
                }
                case "DELETE /simulator/faults" -> {
                    faults.clear();
                    yield Answer.empty(204);
                }
                case "GET /simulator/settings" -> Answer.json(200, paces.describe());
                case "PUT /simulator/settings" -> {
                    paces.set(object(request));
                    yield Answer.json(200, paces.describe());
                }
                case "POST /simulator/expire" -> expire(request);
                case "GET /assets/sample.png", "HEAD /assets/sample.png" -> Answer.file(samples.picture(), "image/png");
                case "GET /assets/sample.mp3", "HEAD /assets/sample.mp3" -> Answer.file(samples.music(), "audio/mpeg");
                default -> error(404, "nothing at " + request.call() + "; vendors are at /" + vendors + "/…");
            };
        } catch (BadFaults | IllegalArgumentException e) {
            return error(400, e.getMessage());
        } catch (IOException e) {
            return error(500, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(500, "the simulator stops");
        }
    }

    private static ObjectNode object(Request request) {
        return request.object().orElseThrow(() -> new IllegalArgumentException("the body is no JSON object"));
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, JsonNodeFactory.instance.objectNode().put("error", message));
    }

    private ObjectNode calls(Request request) {
        lines.values().forEach(TaskLine::settle);
        var kind = request.query("kind").orElse("");
        var provider = request.query("provider").orElse("");
        var task = request.query("task").orElse("");
        var after = Long.parseLong(request.query("after").orElse("0"));
        var limit = Long.parseLong(request.query("limit").orElse("100000"));
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("calls");
        log
                .all(entry -> (provider.isEmpty() || entry.provider().equals(provider))
                        && (task.isEmpty() || entry.task().equals(task))
                        && entry.number() > after
                        && isKind(entry, kind))
                .stream()
                .limit(limit)
                .map(CallEntry::describe)
                .forEach(list::add);
        var totals = json.putObject("totals");
        for (var vendor : vendors) {
            var sum = log.totals(vendor);
            totals.putObject(vendor)
                    .put("calls", sum.calls())
                    .put("purchases", sum.purchases())
                    .put("charged_usd", sum.charged().toPlainString());
        }
        return json.put("dropped", log.dropped());
    }

    private static boolean isKind(CallEntry entry, String kind) {
        return kind.isEmpty()
                || (kind.equals("purchase")
                        ? entry.purchase() != null
                        : entry.kind().word().equals(kind));
    }

    private ObjectNode tasks(Request request) {
        var provider = request.query("provider").orElse("");
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("tasks");
        lines.forEach((vendor, line) -> {
            if (provider.isEmpty() || provider.equals(vendor)) {
                line.settle();
                for (var task : line.all()) {
                    var state = line.peek(task);
                    list.addObject()
                            .put("provider", vendor)
                            .put("task", task.id())
                            .put("model", task.model())
                            .put("about", task.about())
                            .put("phase", state.phase().word())
                            .put("progress", state.progress())
                            .put("position", state.position())
                            .put("created_at", task.createdAt().toString())
                            .put("price_usd", task.bill().price().toPlainString())
                            .put("charged_usd", task.bill().charged().toPlainString());
                }
            }
        });
        return json;
    }

    private Answer expire(Request request) {
        var provider = request.query("provider").orElse("");
        var task = request.query("task").orElse("");
        lines.forEach((vendor, line) -> {
            if (provider.isEmpty() || provider.equals(vendor)) {
                line.all().stream()
                        .filter(known -> task.isEmpty() || known.id().equals(task))
                        .forEach(line::expireAddresses);
            }
        });
        return Answer.empty(204);
    }
}
