package io.storyreel.api;

import io.restassured.RestAssured;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads a stream as a browser does. */
final class EventReader implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader lines;

    record Event(String id, String name, String data) {}

    private EventReader(HttpURLConnection connection) throws IOException {
        this.connection = connection;
        this.lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    static EventReader open(Workspace workspace, String below, String lastEventId) {
        try {
            URI uri = URI.create("http://localhost:" + RestAssured.port + workspace.path(below));
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + workspace.token(Duration.ofHours(1)));
            connection.setReadTimeout(20_000);
            if (lastEventId != null) {
                connection.setRequestProperty("Last-Event-ID", lastEventId);
            }
            return new EventReader(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event, or null at the end of the stream. */
    Event next() {
        String id = null;
        String name = null;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new Event(id, name, line.substring(6));
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Event nextNamed(String name) {
        Event event = next();
        while (event != null && !name.equals(event.name())) {
            event = next();
        }
        return event;
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
