package io.storyreel.api.file;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.storage.ObjectStore;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.RestMulti;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hands out files from the object store: parts of them, only if changed, and no faster than the client reads. */
@ApplicationScoped
public class FileDownload {
    private final ObjectStore objects;

    /**
     * @param entityTag changes with the content; without quotes
     * @param disposition value of Content-Disposition
     */
    public record Wanted(String key, String mediaType, String entityTag, String disposition) {}

    private record Part(int status, Map<String, List<String>> headers, Multi<Buffer> body) {}

    public FileDownload(ObjectStore objects) {
        this.objects = objects;
    }

    /** Fails with {@link io.storyreel.common.storage.ObjectMissingException} if the store has no such file. */
    public RestMulti<Buffer> send(Uni<Wanted> wanted, HttpServerRequest request) {
        Uni<Part> part = wanted.chain(file -> objects.stat(file.key())
                .map(stored -> part(
                        file, file.entityTag() == null ? stored.etag() : file.entityTag(), stored.size(), request)));
        return RestMulti.fromUniResponse(part, Part::body, Part::headers, Part::status);
    }

    private Part part(Wanted file, String entityTag, long size, HttpServerRequest request) {
        String tag = "\"" + entityTag + "\"";
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("ETag", List.of(tag));
        headers.put("Cache-Control", List.of("private, max-age=0, must-revalidate"));
        headers.put("X-Content-Type-Options", List.of("nosniff"));
        if (matches(request.getHeader("If-None-Match"), tag)) {
            return new Part(304, headers, Multi.createFrom().empty());
        }
        String ifRange = request.getHeader("If-Range");
        boolean partAllowed = ifRange == null || ifRange.equals(tag);
        ByteRange range = ByteRange.of(partAllowed ? request.getHeader("Range") : null, size);
        if (range == null) {
            throw new ProblemException(
                    ProblemCode.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes; ask for some of them.");
        }
        headers.put("Content-Type", List.of(file.mediaType()));
        headers.put("Content-Disposition", List.of(file.disposition()));
        headers.put("Accept-Ranges", List.of("bytes"));
        headers.put("Content-Length", List.of(Long.toString(range.length())));
        if (!range.whole()) {
            long last = range.offset() + range.length() - 1;
            headers.put("Content-Range", List.of("bytes " + range.offset() + "-" + last + "/" + size));
        }
        boolean nothingToSend = request.method() == HttpMethod.HEAD || range.length() == 0;
        Multi<Buffer> body =
                nothingToSend ? Multi.createFrom().empty() : objects.read(file.key(), range.offset(), range.length());
        return new Part(range.whole() ? 200 : 206, headers, body);
    }

    private static boolean matches(String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }
}
