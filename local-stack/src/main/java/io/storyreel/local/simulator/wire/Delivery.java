package io.storyreel.local.simulator.wire;

/** How a file goes over the wire. */
public enum Delivery {
    WHOLE,
    /** The connection breaks in the middle. */
    CUT,
    /** Half the file, declared as if that were all. */
    TRUNCATED,
    /** Without a {@code Content-Length}. */
    UNDECLARED,
    /** Declared longer than it is. */
    WRONG_LENGTH,
    /** Some bytes differ from the file's. */
    CORRUPT,
    /** Its first 500 bytes, declared as if that were all. */
    TINY,
    /** Ten gigabytes. */
    ENDLESS
}
