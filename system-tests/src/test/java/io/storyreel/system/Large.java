package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Files that are too large for a form, and their way to the object store. */
final class Large {
    private static final int HEADER = 44;
    private static final int RATE = 48_000;

    private Large() {}

    /** A hum, as WAV: 16 bits, two channels. */
    static byte[] song(int size) {
        ByteBuffer song = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        song.put(ascii("RIFF")).putInt(size - 8).put(ascii("WAVEfmt ")).putInt(16);
        song.putShort((short) 1).putShort((short) 2).putInt(RATE).putInt(RATE * 4);
        song.putShort((short) 4).putShort((short) 16).put(ascii("data")).putInt(size - HEADER);
        for (int i = 0; song.remaining() >= 4; i++) {
            short sample = (short) (8_000 * Math.sin(i * 2 * Math.PI * 220 / RATE));
            song.putShort(sample).putShort(sample);
        }
        return song.array();
    }

    static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Does what the answer to the beginning of an upload says, and no more: without a token. */
    static int send(JsonNode upload, byte[] file) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(upload.get("url").asText()))
                .method(upload.get("method").asText(), BodyPublishers.ofByteArray(file));
        upload.get("headers")
                .properties()
                .forEach(header ->
                        request.header(header.getKey(), header.getValue().asText()));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
