package io.storyreel.api.file;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.download.Downloads;
import io.storyreel.api.download.Transfer;
import io.storyreel.api.page.Conditions;
import io.storyreel.api.problem.ProblemAnswer;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.provider.TextDigest;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.ObjectStore.AnswerHeaders;
import io.storyreel.common.storage.StoredObject;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.LongConsumer;

/** Hands out files from the object store: parts of them, only if changed, and no faster than the client reads. */
@ApplicationScoped
public class FileDownload {
    private final ObjectStore objects;
    private final FileSettings settings;
    private final ProblemAnswer problems;
    private final Downloads downloads;

    /**
     * @param entityTag changes with the content, without quotes; null for the one of the object store
     * @param disposition value of Content-Disposition
     * @param countedFor the project whose download it is; null for files that are not counted
     */
    public record Wanted(String key, String mediaType, String entityTag, String disposition, UUID countedFor) {}

    public FileDownload(ObjectStore objects, FileSettings settings, ProblemAnswer problems, Downloads downloads) {
        this.objects = objects;
        this.settings = settings;
        this.problems = problems;
        this.downloads = downloads;
    }

    /** Answers the request with the file, or with what went wrong. */
    public void send(Uni<Wanted> wanted, Caller caller, RoutingContext context) {
        wanted.chain(file -> objects.stat(file.key()).invoke(stored -> answer(file, stored, caller, context)))
                .subscribe()
                .with(answered -> {}, failure -> problems.send(context, failure));
    }

    private void answer(Wanted file, StoredObject stored, Caller caller, RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        String tag = '"' + (file.entityTag() == null ? stored.etag() : file.entityTag()) + '"';
        response.putHeader("Cache-Control", "private, no-cache").putHeader("X-Content-Type-Options", "nosniff");
        if (Conditions.names(request.getHeader("If-None-Match"), tag)) {
            response.putHeader("ETag", tag).setStatusCode(304).end();
            return;
        }
        if (settings.redirect() && request.method() == HttpMethod.GET) {
            redirect(file, stored, caller, request, response);
            return;
        }
        response.putHeader("ETag", tag);
        ByteRange range = requireRange(request, tag, stored.size(), response);
        describe(file, range, stored.size(), response);
        Multi<io.vertx.mutiny.core.buffer.Buffer> body = request.method() == HttpMethod.HEAD || range.length() == 0
                ? Multi.createFrom().empty()
                : objects.read(file.key(), range.offset(), range.length());
        LongConsumer sent = bytes -> count(file, caller, range, bytes, stored.size());
        body.subscribe().withSubscriber(new ResponseBody(response, context.normalizedPath(), sent));
    }

    private void count(Wanted file, Caller caller, ByteRange range, long bytes, long size) {
        if (file.countedFor() != null && bytes > 0) {
            downloads.delivered(new Transfer(
                    file.countedFor(),
                    file.key(),
                    TextDigest.of(caller.subject()),
                    range.offset(),
                    range.offset() + bytes,
                    size));
        }
    }

    /**
     * The object store answers for parts and conditions itself, by an entity tag of its own. A HEAD is answered here: the
     * address is signed for GET. What becomes of the transfer nobody tells us, so what is asked for counts as fetched.
     */
    private void redirect(
            Wanted file, StoredObject stored, Caller caller, HttpServerRequest request, HttpServerResponse response) {
        ByteRange asked = ByteRange.of(request.getHeader("Range"), stored.size());
        if (asked != null) {
            count(file, caller, asked, asked.length(), stored.size());
        }
        var answer = new AnswerHeaders(file.mediaType(), file.disposition());
        response.setStatusCode(302)
                .putHeader(
                        "Location",
                        objects.presigned(file.key(), settings.redirectLife(), answer)
                                .toString())
                .end();
    }

    private static ByteRange requireRange(
            HttpServerRequest request, String tag, long size, HttpServerResponse response) {
        String ifRange = request.getHeader("If-Range");
        boolean partAllowed = ifRange == null || ifRange.equals(tag);
        ByteRange range = ByteRange.of(partAllowed ? request.getHeader("Range") : null, size);
        if (range == null) {
            response.putHeader("Content-Range", "bytes */" + size);
            throw new ProblemException(
                    ProblemCode.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes; ask for some of them.");
        }
        return range;
    }

    private static void describe(Wanted file, ByteRange range, long size, HttpServerResponse response) {
        response.setStatusCode(range.whole() ? 200 : 206)
                .putHeader("Content-Type", file.mediaType())
                .putHeader("Content-Disposition", file.disposition())
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Content-Length", Long.toString(range.length()));
        if (!range.whole()) {
            long last = range.offset() + range.length() - 1;
            response.putHeader("Content-Range", "bytes " + range.offset() + "-" + last + "/" + size);
        }
    }
}
