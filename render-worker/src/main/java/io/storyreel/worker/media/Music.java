package io.storyreel.worker.media;

/**
 * Music under the whole video.
 *
 * @param volume linear, 0 to 1
 * @param duck whether it drops by 12 dB while a voice sounds
 */
public record Music(Audio audio, double volume, boolean duck) {}
