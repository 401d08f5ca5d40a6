package io.storyreel.local.command;

import io.storyreel.local.process.LogSink;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything the command shows to people. Results go to the standard output, complaints to the error output. */
public final class Terminal implements LogSink {

    /** Set by the {@code storyreel} script, since Java cannot tell: whether the standard output is a terminal. */
    static final String IS_TERMINAL = "storyreel.terminal";
    /** Width of the terminal in characters, from the script. */
    static final String COLUMNS = "storyreel.columns";

    private static final int PREFIX = 9;
    private static final int[] COLOURS = {36, 33, 35, 32, 34, 96, 93, 95, 92, 94};
    private static final String BACK_AND_CLEAR = "\r\u001b[2K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean interactive;
    private final boolean coloured;
    private final int columns;
    private final Map<String, Integer> colours = new ConcurrentHashMap<>();
    private final AtomicInteger nextColour = new AtomicInteger();
    private boolean statusShown;

    Terminal(PrintWriter out, PrintWriter err, boolean interactive, boolean coloured, int columns) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.coloured = coloured;
        this.columns = columns;
    }

    static Terminal current() {
        var interactive = Boolean.getBoolean(IS_TERMINAL);
        return new Terminal(
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                interactive,
                interactive && System.getenv("NO_COLOR") == null,
                Integer.getInteger(COLUMNS, 80));
    }

    boolean interactive() {
        return interactive;
    }

    int columns() {
        return columns;
    }

    /** A line that stays. */
    synchronized void say(String line) {
        clearStatus();
        out.println(line);
        out.flush();
    }

    synchronized void complain(String line) {
        clearStatus();
        err.println(coloured ? "\u001b[31m" + line + "\u001b[0m" : line);
        err.flush();
    }

    /** The one line that changes in place; only on a terminal. */
    synchronized void status(String line) {
        out.print(BACK_AND_CLEAR + line);
        out.flush();
        statusShown = true;
    }

    private void clearStatus() {
        if (statusShown) {
            out.print(BACK_AND_CLEAR);
            statusShown = false;
        }
    }

    /** One line of a child process, after its name. */
    @Override
    public void line(String process, String line) {
        var prefix = process + " ".repeat(Math.max(0, PREFIX - process.length())) + "| ";
        if (coloured) {
            var colour =
                    colours.computeIfAbsent(process, name -> COLOURS[nextColour.getAndIncrement() % COLOURS.length]);
            prefix = "\u001b[" + colour + "m" + prefix + "\u001b[0m";
        }
        say(prefix + line);
    }
}
