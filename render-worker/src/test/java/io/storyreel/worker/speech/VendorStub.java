package io.storyreel.worker.speech;

import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.Pause;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.catchThrowable;

/** A speech vendor on this machine that answers as the test says, and our side of the wire to it. */
public final class VendorStub implements BeforeEachCallback, AfterEachCallback {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private Consumer<HttpServerResponse> answer = sound();
    private Vertx vertx;
    private HttpServer server;
    private Path file;

    /** What arrived. */
    public record Asked(String method, String uri, MultiMap headers, Buffer body) {}

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        vertx = Vertx.vertx();
        file = Files.createTempFile("voice", ".wav");
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        Files.deleteIfExists(file);
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            asked.add(new Asked(request.method().name(), request.uri(), request.headers(), body));
            answer.accept(request.response());
        });
    }

    public String address() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public List<Asked> asked() {
        return asked;
    }

    public Asked only() {
        if (asked.size() != 1) {
            throw new AssertionError("asked " + asked.size() + " times");
        }
        return asked.get(0);
    }

    public void answers(Consumer<HttpServerResponse> with) {
        answer = with;
    }

    public static Consumer<HttpServerResponse> sound() {
        return response -> response.putHeader("Content-Type", "audio/wav").end("RIFF");
    }

    public static Consumer<HttpServerResponse> json(int status, JsonObject body) {
        return response -> response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }

    /** The vendor's status without a word. */
    public static Consumer<HttpServerResponse> status(int status) {
        return response -> response.setStatusCode(status).end();
    }

    public static Consumer<HttpServerResponse> brokenSound() {
        return response ->
                response.putHeader("Content-Length", "100").write("RIFF").onSuccess(sent -> response.reset());
    }

    public SpeechCall call() {
        return new SpeechCall(vertx, TestSettings.of(SpeechSettings.class, Map.of()), TestWatch.create());
    }

    public Turns turns() {
        return new Turns(new Pause(vertx));
    }

    public ProviderHttp http() {
        return new ProviderHttp(vertx);
    }

    /** Cast and said; what was charged. */
    public BigDecimal say(SpeechProvider provider, Utterance line) {
        return provider.cast(line)
                .chain(cast -> provider.speak(cast, file, new Departure()))
                .await()
                .atMost(LIMIT);
    }

    public Utterance cast(SpeechProvider provider, Utterance line) {
        return provider.cast(line).await().atMost(LIMIT);
    }

    /** What went wrong, whatever was charged for it. */
    public Throwable failure(SpeechProvider provider, Utterance line) {
        Throwable failure = catchThrowable(() -> say(provider, line));
        return failure instanceof ChargedException ? failure.getCause() : failure;
    }

    public String spoken() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
