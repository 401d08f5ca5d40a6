package io.storyreel.worker.provider.http;

import java.time.Duration;

/** A failure that may say when to come back. */
public interface AsksForPause {

    /** How long the server asks to be left alone; null if it does not say. */
    Duration retryAfter();
}
