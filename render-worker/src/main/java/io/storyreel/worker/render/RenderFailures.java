package io.storyreel.worker.render;

import io.storyreel.common.storage.StorageAwayException;
import io.storyreel.worker.fetch.DiskFullException;
import io.storyreel.worker.fetch.FetchException;
import io.storyreel.worker.media.FfmpegFailedException;
import io.storyreel.worker.media.FfmpegKilledException;
import io.storyreel.worker.media.FfmpegMissingException;
import io.storyreel.worker.media.FfmpegTimedOutException;
import io.storyreel.worker.media.ScratchFullException;
import io.storyreel.worker.media.ScriptTooLongException;
import io.storyreel.worker.media.UnreadableMediaException;
import io.storyreel.worker.run.DatabaseAwayException;
import io.storyreel.worker.run.JobFailure;

/** Says what went wrong in words for the user, and whether it may go away by itself. */
public final class RenderFailures {
    private RenderFailures() {}

    /** The failure as the engine and the user are to know it; what is not known here stays as it is. */
    public static Throwable told(Throwable failure) {
        if (failure instanceof JobFailure) {
            return failure;
        }
        if (failure instanceof ScratchFullException || DiskFullException.isBehind(failure)) {
            return JobFailure.passing(
                    "scratch_full",
                    "The worker's scratch disk is full: free some space, or set STORYREEL_SCRATCH_DIR to a larger disk",
                    failure);
        }
        if (failure instanceof FfmpegMissingException) {
            return JobFailure.lasting("ffmpeg_missing", failure.getMessage());
        }
        if (failure instanceof FfmpegKilledException) {
            return JobFailure.passing(
                    "ffmpeg_killed", "ffmpeg was stopped from outside in the middle of its work", failure);
        }
        if (failure instanceof FfmpegTimedOutException) {
            return JobFailure.passing("ffmpeg_timed_out", failure.getMessage(), failure);
        }
        if (failure instanceof FfmpegFailedException) {
            return JobFailure.passing("compose_failed", failure.getMessage(), failure);
        }
        if (failure instanceof StorageAwayException) {
            return JobFailure.passing(
                    "storage_unavailable",
                    "The object store, which keeps pictures and videos, cannot be reached or does not take what it is"
                            + " sent",
                    failure);
        }
        if (failure instanceof DatabaseAwayException) {
            return JobFailure.passing("database_unavailable", "The database cannot be reached", failure);
        }
        if (failure instanceof FlawedVideoException) {
            return JobFailure.lasting(
                    "verification_failed", "The finished video is not as planned: " + failure.getMessage());
        }
        if (failure instanceof ScriptTooLongException) {
            return JobFailure.lasting("script_too_long", failure.getMessage());
        }
        return failure;
    }

    /** The failure of a file that a field of the storyboard names. */
    static Throwable ofFile(String code, String field, Throwable failure) {
        if (failure instanceof UnreadableMediaException) {
            return JobFailure.lasting(code, field + ": the file " + failure.getMessage());
        }
        if (failure instanceof FfmpegTimedOutException) {
            return JobFailure.passing(
                    "ffmpeg_timed_out", field + ": checking the file took too long: " + failure.getMessage(), failure);
        }
        if (failure instanceof FetchException fetch) {
            return fetch.isPassing() && !DiskFullException.isBehind(fetch)
                    ? JobFailure.passing("unreachable_file", field + ": " + fetch.getMessage(), fetch)
                    : fetch.isPassing() ? fetch : JobFailure.lasting(code, field + ": " + fetch.getMessage());
        }
        return failure;
    }
}
