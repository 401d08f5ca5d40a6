package io.storyreel.local.speech;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.storyreel.local.process.LogSink;
import io.storyreel.local.process.SteadfastSink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * OpenAI's speech endpoint ({@code POST /v1/audio/speech}, {@code GET /v1/models}, {@code GET /v1/models/{id}}) over an
 * offline English voice, in this process. Sound is 24 kHz mono, as OpenAI's. Can be stopped and started again on the
 * same port.
 */
public final class SpeechServer implements AutoCloseable {

    public static final String NAME = "speech";
    private static final System.Logger OWN_LOG = System.getLogger(SpeechServer.class.getName());
    private static final int RATE = 24_000;
    private static final int THREADS = 8;
    private static final int LARGEST_BODY = 64 << 10;

    private final int port;
    private final String apiKey;
    private final Path ffmpeg;
    private final LogSink log;
    private final OfflineVoice voice = new OfflineVoice();
    private HttpServer server;
    private ExecutorService threads;
    private ExecutorService writers;

    /**
     * @param apiKey what clients must send as bearer token
     * @param ffmpeg for formats other than wav and pcm
     */
    public SpeechServer(int port, String apiKey, Path ffmpeg, LogSink log) {
        this.port = port;
        this.apiKey = apiKey;
        this.ffmpeg = ffmpeg;
        this.log = new SteadfastSink(log, lost -> OWN_LOG.log(System.Logger.Level.WARNING, lost));
    }

    /** Base URL as clients of OpenAI want it, ending in {@code /v1}. */
    public String url() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    public void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        threads = Executors.newFixedThreadPool(THREADS, SpeechServer::thread);
        writers = Executors.newFixedThreadPool(THREADS, SpeechServer::thread);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, NAME);
        thread.setDaemon(true);
        return thread;
    }

    /** Harmless when it does not run. */
    public void stop() {
        if (server != null) {
            server.stop(0);
            threads.shutdownNow();
            writers.shutdownNow();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var started = System.nanoTime();
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("x-request-id", "req_" + UUID.randomUUID().toString().replace("-", ""));
            headers.set("openai-version", "2020-10-01");
            try {
                route(exchange, started);
            } catch (SpeechError e) {
                SpeechAnswer.refuse(exchange, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                SpeechAnswer.refuse(exchange, SpeechError.internal());
            } catch (RuntimeException | IOException e) {
                log.line(
                        NAME,
                        "could not answer path=" + exchange.getRequestURI().getPath() + " reason=" + e);
                SpeechAnswer.refuse(exchange, SpeechError.internal());
            }
        }
    }

    private void route(HttpExchange exchange, long started) throws SpeechError, IOException, InterruptedException {
        if (!authorized(exchange)) {
            throw SpeechError.invalidKey();
        }
        var path = exchange.getRequestURI().getPath();
        var call = exchange.getRequestMethod() + " " + path;
        if (call.equals("POST /v1/audio/speech")) {
            speak(exchange, started);
        } else if (call.equals("GET /v1/models")) {
            SpeechAnswer.sendJson(exchange, 200, SpeechModel.list());
        } else if (call.startsWith("GET /v1/models/")) {
            SpeechAnswer.sendJson(
                    exchange,
                    200,
                    SpeechModel.named(path.substring("/v1/models/".length())).describe());
        } else {
            throw SpeechError.noSuchUrl(exchange.getRequestMethod(), path);
        }
    }

    private boolean authorized(HttpExchange exchange) {
        var sent = exchange.getRequestHeaders().getFirst("Authorization");
        return sent != null && MessageDigest.isEqual(sent.getBytes(UTF_8), ("Bearer " + apiKey).getBytes(UTF_8));
    }

    private void speak(HttpExchange exchange, long started) throws SpeechError, IOException, InterruptedException {
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw SpeechError.invalid(null, null, "The body is larger than " + LARGEST_BODY + " bytes.");
        }
        var request = SpeechRequest.parse(body);
        var text = SpeakableText.of(request.input());
        if (text.isEmpty()) {
            throw SpeechError.invalid(
                    "input",
                    "invalid_value",
                    "Invalid 'input': the offline voice reads English only and finds no word it can speak.");
        }
        var sound = voice.speak(text, VoiceCharacter.named(request.voice()), request.speed())
                .trimmed()
                .resampled(RATE);
        var audio = new SoundEncoder(ffmpeg, writers).encode(sound, request.format());
        var milliseconds = (System.nanoTime() - started) / 1_000_000;
        exchange.getResponseHeaders().set("openai-processing-ms", Long.toString(milliseconds));
        log.line(
                NAME,
                "spoken characters=" + text.length() + " voice=" + request.voice() + " seconds="
                        + Math.round(sound.seconds() * 100) / 100.0 + " took_ms=" + milliseconds);
        if (request.sse()) {
            SpeechAnswer.sendEvents(exchange, request, audio);
        } else {
            SpeechAnswer.send(exchange, 200, request.format().contentType(), audio);
        }
    }
}
