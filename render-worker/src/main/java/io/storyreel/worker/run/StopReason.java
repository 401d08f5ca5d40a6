package io.storyreel.worker.run;

/** Why a run is stopped before its end. */
enum StopReason {
    /** The user wants it no more. */
    CANCELED,
    /** The worker stops; another one goes on. */
    SHUTDOWN,
    /** Another worker has the job already: nothing may be written any more. */
    LEASE_LOST
}
