package io.storyreel.local.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A {@code multipart/form-data} body: its texts by name, and its one file. */
public final class FormData {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");

    private final Map<String, String> texts = new HashMap<>();
    private byte[] file;

    private FormData() {}

    /** Empty when the body is no form. */
    public static Optional<FormData> of(Request request) {
        var type = request.header("Content-Type").orElse("");
        var boundary = BOUNDARY.matcher(type);
        if (!type.startsWith("multipart/form-data") || !boundary.find()) {
            return Optional.empty();
        }
        var form = new FormData();
        // One char per byte, so that places in the text are places in the bytes.
        var body = new String(request.body(), StandardCharsets.ISO_8859_1);
        var delimiter = "--" + boundary.group(1);
        var start = body.indexOf(delimiter);
        while (start >= 0) {
            var end = body.indexOf("\r\n" + delimiter, start);
            var head = body.indexOf("\r\n\r\n", start);
            if (end < 0 || head < 0 || head > end) {
                break;
            }
            form.add(body.substring(start, head), body.substring(Math.min(head + 4, end), end));
            start = end + 2;
        }
        return Optional.of(form);
    }

    private void add(String head, String content) {
        var name = NAME.matcher(head);
        if (head.contains("filename=")) {
            file = content.getBytes(StandardCharsets.ISO_8859_1);
        } else if (name.find()) {
            texts.put(name.group(1), new String(content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
    }

    /** Empty when there is none of that name. */
    public String text(String name) {
        return texts.getOrDefault(name, "");
    }

    /** Null without a file. */
    public byte[] file() {
        return file;
    }
}
