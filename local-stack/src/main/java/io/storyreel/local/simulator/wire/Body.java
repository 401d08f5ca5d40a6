package io.storyreel.local.simulator.wire;

import java.nio.file.Path;

/** What stands behind the headers of an answer. */
public sealed interface Body {

    /** None, not even an empty one. */
    record Nothing() implements Body {}

    record Bytes(String contentType, byte[] bytes) implements Body {}

    record Stored(Path file, String contentType, Delivery delivery) implements Body {}
}
