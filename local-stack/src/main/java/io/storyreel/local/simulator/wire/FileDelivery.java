package io.storyreel.local.simulator.wire;

import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;

/** Sends a stored file, with support for one byte range, as well or as badly as asked. */
record FileDelivery(HttpExchange exchange, Body.Stored stored) {

    private static final long TEN_GIGABYTES = 10L << 30;
    private static final int TINY = 500;
    private static final int CHUNK = 64 << 10;

    void send() throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", stored.contentType());
        headers.set("Accept-Ranges", "bytes");
        try (var file = new RandomAccessFile(stored.file().toFile(), "r")) {
            var size = file.length();
            var range = ByteRange.of(exchange.getRequestHeaders().getFirst("Range"), size);
            if (range.outside(size)) {
                headers.set("Content-Range", "bytes */" + size);
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (range.partial()) {
                headers.set("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size);
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                headers.set("Content-Length", Long.toString(range.length()));
                exchange.sendResponseHeaders(range.status(), -1);
                return;
            }
            file.seek(range.first());
            deliver(file, range);
        }
    }

    private void deliver(RandomAccessFile file, ByteRange range) throws IOException {
        var length = range.length();
        var status = range.status();
        switch (stored.delivery()) {
            case WHOLE -> copy(file, begin(status, length), length);
            case UNDECLARED -> copy(file, begin(status, 0), length);
            case TRUNCATED -> copy(file, begin(status, Math.max(1, length / 2)), Math.max(1, length / 2));
            case TINY -> copy(file, begin(status, Math.min(TINY, length)), Math.min(TINY, length));
            case CUT -> copy(file, begin(status, length), length / 2);
            case WRONG_LENGTH -> copy(file, begin(status, length + 4096), length);
            case CORRUPT -> corrupt(file, begin(status, length), length);
            case ENDLESS -> endless(file, begin(status, TEN_GIGABYTES));
        }
    }

    /** @param length 0 means chunks, without a declared length */
    private OutputStream begin(int status, long length) throws IOException {
        exchange.sendResponseHeaders(status, length);
        return exchange.getResponseBody();
    }

    private static void copy(RandomAccessFile file, OutputStream out, long length) throws IOException {
        var buffer = new byte[CHUNK];
        for (var left = length; left > 0; ) {
            var read = file.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        out.flush();
    }

    /** The header stays good, so that only looking closely finds it. */
    private static void corrupt(RandomAccessFile file, OutputStream out, long length) throws IOException {
        var bytes = new byte[(int) length];
        file.readFully(bytes);
        for (var i = bytes.length / 2; i < bytes.length && i < bytes.length / 2 + 4096; i++) {
            bytes[i] ^= 0x55;
        }
        out.write(bytes);
    }

    private static void endless(RandomAccessFile file, OutputStream out) throws IOException {
        var sent = 0L;
        var buffer = new byte[CHUNK];
        while (sent < TEN_GIGABYTES) {
            var read = file.read(buffer);
            if (read < 0) {
                file.seek(0);
                continue;
            }
            var now = (int) Math.min(read, TEN_GIGABYTES - sent);
            out.write(buffer, 0, now);
            sent += now;
        }
    }
}
