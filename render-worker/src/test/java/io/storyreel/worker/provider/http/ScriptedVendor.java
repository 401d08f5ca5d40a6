package io.storyreel.worker.provider.http;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A vendor on the loopback interface that answers each method and path as the test says; 404 for all others. */
public final class ScriptedVendor implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final ProviderHttp http = new ProviderHttp(vertx);
    private final Map<String, Consumer<HttpServerResponse>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * A request that came.
     *
     * @param what method, path and query
     * @param body empty if it was not JSON
     */
    public record Asked(String what, MultiMap headers, JsonObject body, String raw) {}

    public ScriptedVendor() {
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String what = request.method() + " " + request.uri();
            String raw = body.toString("ISO-8859-1");
            boolean json = String.valueOf(request.getHeader("Content-Type")).startsWith("application/json");
            asked.add(new Asked(what, request.headers(), json ? body.toJsonObject() : new JsonObject(), raw));
            answers.getOrDefault(what, status(404, "{\"detail\":\"THEIR WORDS\"}"))
                    .accept(request.response());
        });
    }

    /** @param what method, path and query, such as {@code GET /tasks/1} */
    public ScriptedVendor on(String what, Consumer<HttpServerResponse> answer) {
        answers.put(what, answer);
        return this;
    }

    /** Different answers one after the other; the last one for ever. */
    public ScriptedVendor inTurn(String what, List<Consumer<HttpServerResponse>> inTurn) {
        var left = new CopyOnWriteArrayList<>(inTurn);
        return on(what, (Consumer<HttpServerResponse>)
                response -> (left.size() > 1 ? left.remove(0) : left.get(0)).accept(response));
    }

    public static Consumer<HttpServerResponse> ok(JsonObject body) {
        return status(200, body.encode());
    }

    public static Consumer<HttpServerResponse> status(int status, String body) {
        return response -> response.setStatusCode(status).end(body);
    }

    public static Consumer<HttpServerResponse> header(
            String name, String value, Consumer<HttpServerResponse> otherwise) {
        return response -> otherwise.accept(response.putHeader(name, value));
    }

    /** Takes the request and hangs up. */
    public static Consumer<HttpServerResponse> hangUp() {
        return response -> response.reset();
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public ProviderHttp http() {
        return http;
    }

    public Vertx vertx() {
        return vertx;
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<String> calls() {
        return asked.stream().map(Asked::what).toList();
    }

    @Override
    public void close() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
