package io.storyreel.api.asset;

import io.storyreel.common.problem.ProblemCode;

/**
 * How large a file of each kind may be.
 *
 * @param image in bytes
 * @param music in bytes
 * @param remedy what to do about music that is larger
 */
record FileLimits(long image, long music, String remedy) {

    /** @param field what to name as too large */
    void require(FileType type, long size, String field) {
        long most = type.isImage() ? image : music;
        if (size > most) {
            throw FileInspection.refused(
                    ProblemCode.TOO_LARGE,
                    field,
                    (type.isImage() ? "is a picture and" : "is music and") + " may have at most " + most
                            + " bytes, has " + size + ": " + (type.isImage() ? "make it smaller" : remedy));
        }
    }
}
