package io.storyreel.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.storyreel.local.client.SseEvent;
import io.storyreel.local.render.ProgressLine;
import io.storyreel.local.render.RenderState;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows a render's events: one line that moves on a terminal, a line per step elsewhere. */
final class ProgressDisplay implements AutoCloseable {

    private static final int REDRAW_MILLISECONDS = 500;
    private static final int PLAIN_STEP = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;
    private final int scenes;
    private final long started = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "progress line");
        thread.setDaemon(true);
        return thread;
    });
    private RenderState state = RenderState.ACCEPTED;
    private String lastPlain = "";
    private boolean closed;

    ProgressDisplay(Terminal terminal, int scenes) {
        this.terminal = terminal;
        this.scenes = scenes;
        if (terminal.interactive()) {
            clock.scheduleAtFixedRate(this::redraw, 0, REDRAW_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    void show(SseEvent event) {
        try {
            advance(JSON.readTree(event.data()) == null ? state : state.after(JSON.readTree(event.data())));
        } catch (JsonProcessingException e) {
            terminal.complain("An event of the server could not be read: " + e.getOriginalMessage());
        }
    }

    private synchronized void advance(RenderState next) {
        state = next;
        if (terminal.interactive()) {
            redraw();
            return;
        }
        var step = state.stage() + "/" + state.status() + "/" + state.progress() / PLAIN_STEP;
        if (!step.equals(lastPlain)) {
            lastPlain = step;
            terminal.say(ProgressLine.plain(state, scenes, elapsed()));
        }
    }

    private synchronized void redraw() {
        if (closed) {
            return;
        }
        terminal.status(ProgressLine.bar(state, scenes, elapsed(), terminal.columns()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Override
    public synchronized void close() {
        clock.shutdownNow();
        if (!closed && terminal.interactive()) {
            terminal.say(ProgressLine.bar(state, scenes, elapsed(), terminal.columns()));
        }
        closed = true;
    }
}
