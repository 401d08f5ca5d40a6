package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * One HTTP request whose answer, if it is 200, is written to a file as it arrives; the connection is read no faster
 * than the disk takes it. Other answers are kept in memory, up to 16 KiB. Cancelling resets the connection.
 */
public final class HttpDownload {
    private static final int MOST_ERROR_BYTES = 16 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final Path target;
    private final long mostBytes;
    private final MessageDigest digest = FileDigest.sha256();
    private final Buffer kept = Buffer.buffer();
    private UniEmitter<? super HttpAnswer> emitter;
    private volatile HttpClientRequest request;
    private volatile boolean over;
    private boolean closing;
    private boolean ended;
    private int unfinishedWrites;
    private Throwable broken;
    private long received;

    /** @param mostBytes a longer answer fails with a lasting {@link FetchException} */
    public HttpDownload(Vertx vertx, HttpClient client, Path target, long mostBytes) {
        this.vertx = vertx;
        this.client = client;
        this.target = target;
        this.mostBytes = mostBytes;
    }

    /** May be called once. Fails with {@link FetchException} for limits, {@link DiskFullException}, or else the cause. */
    public Uni<HttpAnswer> run(RequestOptions options, Buffer body) {
        return Uni.createFrom().emitter(wanted -> {
            emitter = wanted;
            wanted.onTermination(this::stop);
            client.request(options).onSuccess(opened -> send(opened, body)).onFailure(wanted::fail);
        });
    }

    /** The answer's handler is there before the question leaves, so that no part of the answer can be missed. */
    private void send(HttpClientRequest opened, Buffer body) {
        request = opened;
        if (over) {
            opened.reset();
            return;
        }
        opened.response().onSuccess(this::answered).onFailure(emitter::fail);
        opened.send(body);
    }

    private void stop() {
        if (!over) {
            over = true;
            HttpClientRequest open = request;
            if (open != null) {
                open.reset();
            }
        }
    }

    private void answered(HttpClientResponse response) {
        response.pause();
        response.exceptionHandler(cut -> broken = cut);
        if (response.statusCode() != 200) {
            keep(response);
            return;
        }
        long announced = announcedLength(response);
        if (announced > mostBytes) {
            emitter.fail(tooLarge());
            return;
        }
        vertx.fileSystem()
                .open(target.toString(), new OpenOptions().setTruncateExisting(true))
                .onSuccess(file -> write(response, file, announced))
                .onFailure(disk -> emitter.fail(unwritten(disk)));
    }

    private void keep(HttpClientResponse response) {
        response.exceptionHandler(emitter::fail);
        response.handler(chunk -> {
            if (kept.length() + chunk.length() <= MOST_ERROR_BYTES) {
                kept.appendBuffer(chunk);
            } else {
                finish(response);
            }
        });
        response.endHandler(end -> {
            over = true;
            finish(response);
        });
        response.resume();
    }

    private void write(HttpClientResponse response, AsyncFile file, long announced) {
        if (broken != null) {
            abandon(file, brokenOff(announced, broken)); // while the file was being opened
            return;
        }
        response.exceptionHandler(cut -> abandon(file, brokenOff(announced, cut)));
        response.handler(chunk -> {
            if (closing) {
                return;
            }
            received += chunk.length();
            if (received > mostBytes) {
                abandon(file, tooLarge());
                return;
            }
            digest.update(chunk.getBytes());
            unfinishedWrites++;
            file.write(chunk)
                    .onSuccess(done -> written(response, file))
                    .onFailure(disk -> abandon(file, unwritten(disk)));
            if (file.writeQueueFull()) {
                response.pause();
                file.drainHandler(drained -> response.resume());
            }
        });
        response.endHandler(end -> {
            if (announced >= 0 && received != announced) {
                abandon(file, brokenOff(announced, null));
            } else {
                ended = true;
                over = true;
                closeWhenWritten(response, file);
            }
        });
        response.resume();
    }

    private void written(HttpClientResponse response, AsyncFile file) {
        unfinishedWrites--;
        closeWhenWritten(response, file);
    }

    /** The end of the answer is not the end of the file: a full disk may still refuse the last of it. */
    private void closeWhenWritten(HttpClientResponse response, AsyncFile file) {
        if (ended && unfinishedWrites == 0 && !closing) {
            closing = true;
            file.close().onSuccess(closed -> finish(response)).onFailure(disk -> emitter.fail(unwritten(disk)));
        }
    }

    private void finish(HttpClientResponse response) {
        emitter.complete(
                new HttpAnswer(response.statusCode(), response.headers(), kept, received, FileDigest.hex(digest)));
    }

    private void abandon(AsyncFile file, Throwable why) {
        if (closing) {
            return;
        }
        closing = true;
        stop();
        file.close().onComplete(closed -> emitter.fail(why));
    }

    private Throwable unwritten(Throwable disk) {
        return DiskFullException.isBehind(disk) ? new DiskFullException(target, disk) : disk;
    }

    private FetchException tooLarge() {
        return FetchException.lasting("the file is larger than " + mostBytes / (1024 * 1024) + " MB: make it smaller");
    }

    private FetchException brokenOff(long announced, Throwable cause) {
        String all = announced < 0 ? "an unknown number" : Long.toString(announced);
        return FetchException.passing("the transfer broke off after " + received + " of " + all + " bytes", cause);
    }

    private static long announcedLength(HttpClientResponse response) {
        String length = response.getHeader("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length.trim());
        } catch (NumberFormatException unusable) {
            return -1;
        }
    }
}
