package io.storyreel.local.simulator.frame;

import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.nio.file.Files;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The addresses of a vendor's results: good for anyone who has one, until it expires. */
public record ResultFiles(String vendor, TaskLine line) {

    private static final Pattern PATH = Pattern.compile("/files/([A-Za-z0-9_-]{1,64})/(\\d{1,3})\\.\\w+");

    public boolean isFor(Request request) {
        return PATH.matcher(request.path()).matches();
    }

    /** @param index which of the task's products */
    public String address(String origin, Task task, int index, String extension) {
        return origin + "/" + vendor + "/files/" + task.id() + "/" + index + "." + extension + "?token="
                + line.addressToken(task);
    }

    public Subject subject(Request request) {
        var task = line.find(matched(request).group(1));
        return task.map(found -> new Subject(CallKind.DOWNLOAD, found.id(), Set.of(), found::about))
                .orElse(Subject.of(CallKind.DOWNLOAD));
    }

    public Answer answer(Request request, Call call) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Answer.empty(405);
        }
        var path = matched(request);
        var task = line.find(path.group(1)).orElse(null);
        if (task == null) {
            return missing();
        }
        if (call.fault().is(FaultKind.EXPIRED)) {
            line.expireAddresses(task);
        }
        if (!line.opens(task, request.query("token").orElse(""))) {
            return expired();
        }
        var products = line.state(task).products();
        var index = Integer.parseInt(path.group(2));
        // The store of media is bounded: what it has dropped is as gone as what a vendor has deleted.
        if (index >= products.size() || !Files.exists(products.get(index).file())) {
            return missing();
        }
        return Answer.file(products.get(index).file(), products.get(index).contentType());
    }

    private static Matcher matched(Request request) {
        var matcher = PATH.matcher(request.path());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the address of a result: " + request.path());
        }
        return matcher;
    }

    /** As object stores and content networks answer for an address whose signature has run out. */
    private static Answer expired() {
        return xml(403, "AccessDenied", "Request has expired");
    }

    private static Answer missing() {
        return xml(404, "NoSuchKey", "The specified key does not exist.");
    }

    private static Answer xml(int status, String code, String message) {
        var body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        return Answer.bytes(status, "application/xml", body.getBytes(UTF_8));
    }
}
