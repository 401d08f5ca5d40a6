package io.storyreel.local.simulator.frame;

import com.sun.net.httpserver.HttpExchange;
import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.fault.Faults;
import io.storyreel.local.simulator.log.CallEntry;
import io.storyreel.local.simulator.log.CallLog;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Body;
import io.storyreel.local.simulator.wire.Request;
import io.storyreel.local.simulator.wire.WireServer;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Takes every call: finds whom it is for, checks the key, lets a fault happen or has it answered, and writes the log. */
public final class Reception {

    private static final int LONGEST_REFUSAL = 300;

    private final Map<String, Vendor> vendors;
    private final Function<Request, Answer> desk;
    private final Faults faults;
    private final WireFaults wireFaults;
    private final CallLog log;
    private final InstantSource clock;

    /** @param desk answers what is for no vendor */
    public Reception(
            Map<String, Vendor> vendors,
            Function<Request, Answer> desk,
            Faults faults,
            WireFaults wireFaults,
            CallLog log,
            InstantSource clock) {
        this.vendors = Map.copyOf(vendors);
        this.desk = desk;
        this.faults = faults;
        this.wireFaults = wireFaults;
        this.log = log;
        this.clock = clock;
    }

    public CompletionStage<Answer> take(HttpExchange exchange) {
        var path = exchange.getRequestURI().getRawPath();
        var slash = path.indexOf('/', 1);
        var vendor = slash < 0 ? null : vendors.get(path.substring(1, slash));
        try {
            var request = request(exchange, vendor == null ? path : path.substring(slash));
            return vendor == null ? desk.apply(request).now() : serve(vendor, request);
        } catch (IOException e) {
            return Answer.broken().now(); // the client has gone, or sends without end
        }
    }

    private static Request request(HttpExchange exchange, String path) throws IOException {
        var host = exchange.getRequestHeaders().getFirst("Host");
        var query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                path,
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                WireServer.body(exchange),
                "http://"
                        + (host == null
                                ? "127.0.0.1:" + exchange.getLocalAddress().getPort()
                                : host));
    }

    private CompletionStage<Answer> serve(Vendor vendor, Request request) {
        var began = clock.instant();
        var subject = vendor.subject(request);
        if (subject.kind() != CallKind.DOWNLOAD && !vendor.authorized(request)) {
            return logged(vendor, request, subject, new Call(Fault.NONE, ""), began, vendor.unauthorized());
        }
        var call = new Call(faults.next(vendor.name(), subject), subject.task());
        return wireFaults
                .around(vendor, subject, call.fault(), () -> vendor.answer(request, call))
                .thenCompose(answer -> logged(vendor, request, subject, call, began, answer));
    }

    private static String refusal(Answer answer) {
        return answer.status() >= 400 && answer.body() instanceof Body.Bytes body
                ? new String(body.bytes(), 0, Math.min(LONGEST_REFUSAL, body.bytes().length), UTF_8)
                : "";
    }

    private CompletionStage<Answer> logged(
            Vendor vendor, Request request, Subject subject, Call call, java.time.Instant began, Answer answer) {
        var took = Duration.between(began, clock.instant()).toMillis();
        log.add(number -> new CallEntry(
                number,
                began,
                vendor.name(),
                subject.kind(),
                request.method(),
                "/" + vendor.name() + request.path(),
                answer.status(),
                refusal(answer),
                call.fault().is(FaultKind.NONE) ? "" : call.fault().name(),
                call.task(),
                call.isRepeated(),
                took,
                call.purchase()));
        return answer.now();
    }
}
