package io.storyreel.local.simulator.wire;

import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;

/** Puts an answer on the wire and ends the exchange. */
final class AnswerWriter {

    private AnswerWriter() {}

    static void write(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            if (answer.status() == Answer.NONE) {
                return; // closing without headers closes the connection
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (answer.body() instanceof Body.Stored stored) {
                new FileDelivery(exchange, stored).send();
            } else if (answer.body() instanceof Body.Bytes bytes) {
                send(exchange, answer.status(), bytes);
            } else {
                exchange.sendResponseHeaders(answer.status(), -1);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, Body.Bytes body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", body.contentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.bytes().length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.bytes().length == 0 ? -1 : body.bytes().length);
        exchange.getResponseBody().write(body.bytes());
    }
}
