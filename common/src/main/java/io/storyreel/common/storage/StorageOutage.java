package io.storyreel.common.storage;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;

/** Tells an object store that is away or in trouble from a call that will never succeed. */
public final class StorageOutage {
    private StorageOutage() {}

    /** True if the same call may succeed later: no connection, no answer, or the server says it cannot now. */
    public static boolean isOne(Throwable failure) {
        if (failure instanceof ErrorResponseException answer) {
            int status = answer.response() == null ? 0 : answer.response().code();
            return status >= 500 || status == 429;
        }
        boolean missingLocally = failure instanceof FileNotFoundException;
        return !missingLocally
                && (failure instanceof StorageAwayException
                        || failure instanceof IOException
                        || failure instanceof UncheckedIOException
                        || failure instanceof TimeoutException
                        || failure instanceof io.smallrye.mutiny.TimeoutException
                        || failure instanceof MinioException);
    }
}
