package io.storyreel.api.limit;

import io.vertx.core.http.HttpMethod;

import java.util.Locale;
import java.util.Set;

/** What requests are counted as. */
enum RequestKind {
    READS,
    WRITES,
    UPLOADS,
    DOWNLOADS,
    ANONYMOUS;

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** Last parts of paths that answer with a file or a stream. */
    private static final Set<String> FILES = Set.of("video", "poster", "captions", "export", "file", "data", "events");

    private static final String ASSETS = "/assets";
    private static final String LARGE = "/uploads";

    /** Of somebody whose token is good. */
    static RequestKind of(HttpMethod method, String path) {
        if (!READING.contains(method)) {
            return path.endsWith(ASSETS) || path.contains(LARGE) ? UPLOADS : WRITES;
        }
        int last = path.lastIndexOf('/');
        boolean file = FILES.contains(path.substring(last + 1)) || path.startsWith(ASSETS, last - ASSETS.length());
        return file ? DOWNLOADS : READS;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** 0: as many as anybody likes. */
    long most(RateSettings settings) {
        return switch (this) {
            case READS -> settings.reads();
            case WRITES -> settings.writes();
            case UPLOADS -> settings.uploads();
            case DOWNLOADS -> settings.downloads();
            case ANONYMOUS -> settings.anonymous();
        };
    }
}
