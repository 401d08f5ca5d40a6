package io.storyreel.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** As much of the HTTP contract as the command uses. Its event stream breaks off after each event. */
final class FakeServer implements AutoCloseable {

    static final String TOKEN = "a.eyJ3b3Jrc3BhY2VzIjpbIjAxOTM2ZjNjLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMSJdfQ.c";
    static final String WORKSPACE = "01936f3c-0000-7000-8000-000000000001";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/api/v1/video/workspaces/" + WORKSPACE;

    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> uploads = new CopyOnWriteArrayList<>();
    final Map<String, String> refusedUploads = new ConcurrentHashMap<>();
    final List<String> resumedAfter = new CopyOnWriteArrayList<>();
    volatile JsonNode announced;
    volatile JsonNode project;
    volatile JsonNode renderRequest;
    volatile String outcome = "completed";
    volatile boolean endless;
    volatile byte[] video = new byte[5000];

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var call = exchange.getRequestMethod() + " " + path.replace(BASE, "");
            calls.add(call);
            if (call.equals("PUT /store/sent")) {
                store(exchange);
                return;
            }
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, "{\"title\":\"Unauthorized\",\"detail\":\"the token has expired\"}");
                return;
            }
            switch (call) {
                case "POST /assets" -> upload(exchange);
                case "POST /uploads" -> {
                    announced = JSON.readTree(exchange.getRequestBody().readAllBytes());
                    send(
                            exchange,
                            201,
                            "{\"upload\":{\"method\":\"PUT\",\"url\":\"" + url()
                                    + "/store/sent\",\"headers\":{\"Content-Type\":\"audio/mpeg\"}},\"complete_url\":\""
                                    + BASE
                                    + "/uploads/u1/complete\"}");
                }
                case "POST /uploads/u1/complete" -> send(exchange, 201, "{\"asset_url\":\"asset://sha256/large\"}");
                case "POST /projects" -> project(exchange);
                case "POST /render/p1" -> {
                    renderRequest = JSON.readTree(exchange.getRequestBody().readAllBytes());
                    send(exchange, 202, "{\"job_id\":\"j1\",\"task_id\":\"j1\",\"status\":\"processing\"}");
                }
                case "GET /render/jobs/j1/events" -> events(exchange);
                case "GET /render/jobs/j1" -> send(exchange, 200, job());
                case "POST /render/jobs/j1/cancel" -> {
                    outcome = "canceled";
                    endless = false;
                    send(exchange, 202, "{}");
                }
                case "GET /files/video" -> {
                    exchange.sendResponseHeaders(200, video.length);
                    exchange.getResponseBody().write(video);
                }
                default -> send(exchange, 404, "{\"title\":\"Not found\"}");
            }
        }
    }

    private void upload(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var name = body.replaceAll("(?s).*filename=\"([^\"]*)\".*", "$1");
        uploads.add(name);
        if (refusedUploads.containsKey(name)) {
            send(exchange, 415, "{\"title\":\"Unsupported\",\"detail\":\"" + refusedUploads.get(name) + "\"}");
            return;
        }
        send(exchange, 201, "{\"asset_url\":\"asset://sha256/" + name + "\"}");
    }

    /** An object store: whoever sends it a token, or another length than was announced, is refused. */
    private void store(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var good = !headers.containsKey("Authorization")
                && "audio/mpeg".equals(headers.getFirst("Content-Type"))
                && announced.path("size").asText().equals(headers.getFirst("Content-Length"));
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        exchange.sendResponseHeaders(good ? 200 : 403, -1);
    }

    private void project(HttpExchange exchange) throws IOException {
        project = JSON.readTree(exchange.getRequestBody().readAllBytes());
        if (project.path("storyboard").isEmpty()) {
            send(
                    exchange,
                    400,
                    "{\"detail\":\"invalid\",\"errors\":[{\"field\":\"storyboard\",\"message\":\"1 to 100 scenes\"}]}");
            return;
        }
        send(exchange, 201, "{\"id\":\"p1\"}");
    }

    private void events(HttpExchange exchange) throws IOException {
        var last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        resumedAfter.add(last == null ? "" : last);
        var next = last == null ? 1 : Integer.parseInt(last) + 1;
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        var isLast = next >= 3 && !endless;
        var data = "{\"status\":\"" + (isLast ? outcome : "processing") + "\",\"progress\":" + Math.min(next * 33, 100)
                + ",\"stage\":\"animate\",\"scene\":" + Math.min(next, 2) + ",\"message\":\"step " + next + "\"}";
        var event = "retry: 2000\n\n: hello\n\nid: " + next + "\nevent: " + (isLast ? outcome : "progress") + "\ndata: "
                + data + "\n\n";
        exchange.getResponseBody().write(event.getBytes(UTF_8));
    }

    private String job() {
        return """
                {"job_id":"j1","status":"%s","video_urls":["/files/video"],"attempts":3,
                 "error_message":"scene 2: the picture is a text","error_code":"asset_invalid",
                 "cost":{"estimated":0,"actual":0.25,"currency":"USD"}}
                """
                .formatted(outcome);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        var bytes = json.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
