package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One HTTP request whose answer, if it is 200, is written to a file as it arrives; the connection is read no faster
 * than the disk takes it. So is a 206 that continues what is there already. Other answers are kept in memory, up to
 * 16 KiB. Cancelling resets the connection.
 */
public final class HttpDownload {
    private static final int MOST_ERROR_BYTES = 16 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final PartialFile target;
    private final Buffer kept = Buffer.buffer();
    private Consumer<MultiMap> begun = headers -> {};
    private UniEmitter<? super HttpAnswer> emitter;
    private volatile HttpClientRequest request;
    private volatile boolean over;
    private boolean closing;
    private boolean ended;
    private int unfinishedWrites;
    private Throwable broken;

    /** @param mostBytes a longer answer fails with a lasting {@link FetchException} */
    public HttpDownload(Vertx vertx, HttpClient client, Path target, long mostBytes) {
        this(vertx, client, new PartialFile(target, FileRules.atMost(mostBytes)));
    }

    HttpDownload(Vertx vertx, HttpClient client, PartialFile target) {
        this.vertx = vertx;
        this.client = client;
        this.target = target;
    }

    /** @param reader told the headers of a 200 when its file begins, whether or not all of it arrives */
    public HttpDownload whenItBegins(Consumer<MultiMap> reader) {
        begun = reader;
        return this;
    }

    /**
     * May be called once. Fails with what the {@link FileRules} throw, a passing {@link FetchException} if the answer
     * breaks off, {@link OtherRangeException}, {@link DiskFullException}, or else the cause.
     */
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
        boolean continued = response.statusCode() == 206 && target.size() > 0;
        if (response.statusCode() != 200 && !continued) {
            keep(response);
            return;
        }
        try {
            if (!continued) {
                begun.accept(response.headers());
                target.begin(response.headers());
            } else if (!target.continuesWith(response.headers())) {
                throw new OtherRangeException();
            }
        } catch (RuntimeException unacceptable) {
            emitter.fail(unacceptable);
            return;
        }
        vertx.fileSystem()
                .open(target.path().toString(), new OpenOptions().setTruncateExisting(!continued))
                .onSuccess(file -> opened(response, file.setWritePos(target.size())))
                .onFailure(disk -> emitter.fail(unwritten(disk)));
    }

    private void opened(HttpClientResponse response, AsyncFile file) {
        if (over) {
            closing = true; // while the file was being opened, which made it again if it was gone
            file.close().onComplete(closed -> removeIfUnwanted());
        } else if (broken != null) {
            abandon(file, brokenOff(broken));
        } else {
            write(response, file);
        }
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

    private void write(HttpClientResponse response, AsyncFile file) {
        response.exceptionHandler(cut -> abandon(file, brokenOff(cut)));
        response.handler(chunk -> {
            if (closing) {
                return;
            }
            try {
                target.take(chunk);
            } catch (RuntimeException unacceptable) {
                abandon(file, unacceptable);
                return;
            }
            unfinishedWrites++;
            file.write(chunk)
                    .onSuccess(done -> written(response, file))
                    .onFailure(disk -> abandon(file, unwritten(disk)));
            if (file.writeQueueFull()) {
                response.pause();
                file.drainHandler(drained -> response.resume());
            }
        });
        response.endHandler(end -> ended(response, file));
        response.resume();
    }

    private void ended(HttpClientResponse response, AsyncFile file) {
        if (closing) {
            return;
        }
        try {
            if (!target.isComplete()) {
                abandon(file, brokenOff(null));
                return;
            }
        } catch (RuntimeException unacceptable) {
            abandon(file, unacceptable);
            return;
        }
        ended = true;
        over = true;
        closeWhenWritten(response, file);
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
        boolean file = ended;
        emitter.complete(new HttpAnswer(
                response.statusCode(),
                response.headers(),
                kept,
                file ? target.size() : 0,
                file ? target.sha256() : null));
    }

    private void abandon(AsyncFile file, Throwable why) {
        if (closing) {
            return;
        }
        closing = true;
        stop();
        file.close().onComplete(closed -> {
            removeIfUnwanted();
            emitter.fail(why);
        });
    }

    private void removeIfUnwanted() {
        if (target.isUnwanted()) {
            vertx.fileSystem().delete(target.path().toString());
        }
    }

    private Throwable unwritten(Throwable disk) {
        return DiskFullException.isBehind(disk) ? new DiskFullException(target.path(), disk) : disk;
    }

    private FetchException brokenOff(Throwable cause) {
        return FetchException.passing("the transfer broke off after " + target.progress(), cause);
    }
}
