package io.storyreel.common.job;

/** The job is somebody else's by now, or has ended: whoever sees this stops working on it and writes nothing more. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLostException(Lease lease) {
        super("lease lost: job=" + lease.jobId() + " epoch=" + lease.epoch(), null, false, false);
    }
}
