package io.storyreel.api.idempotency;

import io.storyreel.api.auth.Caller;
import io.storyreel.common.provider.TextDigest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

import java.util.UUID;
import java.util.stream.Collectors;

/** A request with a key, on its way through this instance. */
final class KeyedRequest {
    private static final String LOCAL = KeyedRequest.class.getName();

    private final String id;
    private final IdempotencyKey key;
    private final String line;
    private final Context context;
    private volatile Hold hold;
    private volatile ReservedId reserved;
    private volatile boolean left;

    private KeyedRequest(String id, IdempotencyKey key, String line, Context context) {
        this.id = id;
        this.key = key;
        this.line = line;
        this.context = context;
    }

    /**
     * Keys belong to a caller in a workspace: two who use the same key do not meet.
     *
     * @param workspace of the path, or null if it has none: then the token's workspaces count
     */
    static KeyedRequest of(IdempotencyKey key, Caller caller, String workspace, HttpServerRequest request) {
        String where = workspace != null
                ? UUID.fromString(workspace).toString()
                : caller.workspaces().stream().map(UUID::toString).sorted().collect(Collectors.joining(","));
        String line = request.method() + " " + request.uri();
        return new KeyedRequest(TextDigest.of(where, caller.subject(), key.text()), key, line, Vertx.currentContext());
    }

    /** The upload that is being read on this context, if it has a key; else null. */
    static KeyedRequest uploading() {
        Context context = Vertx.currentContext();
        return context == null ? null : context.getLocal(LOCAL);
    }

    void awaitUpload() {
        context.putLocal(LOCAL, this);
    }

    void begun(Hold mine) {
        hold = mine;
        reserved = ReservedId.of(mine);
        reserved.bindTo(context);
    }

    void leave() {
        left = true;
    }

    /** Whether the client has gone or was answered. */
    boolean isLeft() {
        return left;
    }

    String id() {
        return id;
    }

    IdempotencyKey key() {
        return key;
    }

    /** Digest of all that is asked for. */
    String digest(String content) {
        return TextDigest.of(line, content);
    }

    /** Null if it was not begun: it was answered from before, or refused. */
    Hold hold() {
        return hold;
    }

    /** Whether what is answered was made by an earlier try. */
    boolean wasMadeBefore() {
        return reserved != null && reserved.wasFound();
    }
}
