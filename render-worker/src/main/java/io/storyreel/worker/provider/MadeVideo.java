package io.storyreel.worker.provider;

/** A whole video: still at its provider, or in our object store already. */
public sealed interface MadeVideo permits RemoteFile, FinishedVideo {}
