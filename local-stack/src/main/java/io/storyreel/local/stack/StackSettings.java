package io.storyreel.local.stack;

/**
 * What a user may choose about a stack. A port of 0 means any free one.
 *
 * @param workers render workers, 1 to 16
 * @param workerPort of the first worker; the others follow
 * @param simulate whether every provider is simulated, so that no key is needed and nothing is paid
 * @param apiHeap megabytes
 * @param workerHeap megabytes, each
 */
public record StackSettings(
        int apiPort,
        int workers,
        int workerPort,
        int postgresPort,
        int redisPort,
        int s3Port,
        int speechPort,
        boolean simulate,
        int simulatorPort,
        int apiHeap,
        int workerHeap) {

    public static final int DEFAULT_HEAP = 512;

    /** One worker, every port free. */
    public static StackSettings anyPorts(boolean simulate) {
        return new StackSettings(0, 1, 0, 0, 0, 0, 0, simulate, 0, DEFAULT_HEAP, DEFAULT_HEAP);
    }
}
