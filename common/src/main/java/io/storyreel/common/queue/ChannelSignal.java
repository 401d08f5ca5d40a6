package io.storyreel.common.queue;

/** What a subscriber of a channel is told. */
public sealed interface ChannelSignal {

    /** Somebody published this. */
    record Message(String json) implements ChannelSignal {}

    /** The subscription begins, or was interrupted and begins again: what came before must be read from the database. */
    record Resumed() implements ChannelSignal {}
}
