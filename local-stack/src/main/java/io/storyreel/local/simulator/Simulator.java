package io.storyreel.local.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.media.FfmpegBinary;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.LogSink;
import io.storyreel.local.process.SteadfastSink;
import io.storyreel.local.simulator.control.ControlDesk;
import io.storyreel.local.simulator.fault.BadFaults;
import io.storyreel.local.simulator.fault.Faults;
import io.storyreel.local.simulator.frame.Reception;
import io.storyreel.local.simulator.frame.Vendor;
import io.storyreel.local.simulator.frame.WireFaults;
import io.storyreel.local.simulator.log.CallEntry;
import io.storyreel.local.simulator.log.CallLog;
import io.storyreel.local.simulator.media.Studio;
import io.storyreel.local.simulator.task.Pace;
import io.storyreel.local.simulator.task.Paces;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Request;
import io.storyreel.local.simulator.wire.WireServer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Every provider's protocol on one port of the loopback interface, with real media, a log of what was bought, and faults
 * on demand. {@code docs/simulator.md} tells how it is used over HTTP; tests use it through this class. Started once.
 */
public final class Simulator implements AutoCloseable {

    public static final String NAME = WireServer.NAME;
    private static final System.Logger OWN_LOG = System.getLogger(Simulator.class.getName());
    private static final Duration KEEP_FINISHED = Duration.ofHours(2);
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);

    private final int port;
    private final Studio studio;
    private final WireServer server;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Simulator::thread);
    private final CallLog log = new CallLog();
    private final Map<String, TaskLine> lines = new LinkedHashMap<>();
    private final Faults faults;
    private final Paces paces;

    /**
     * @param directory for media, made again whenever it is gone
     * @param pace of every vendor, until it is changed
     */
    public Simulator(int port, Path ffmpeg, Path directory, Pace pace, InstantSource clock, LogSink log)
            throws IOException {
        this.port = port;
        studio = new Studio(ffmpeg, directory);
        paces = new Paces(
                Vendors.NAMES.stream().collect(Collectors.toMap(name -> name, name -> Vendors.pace(name, pace))));
        var vendors = new LinkedHashMap<String, Vendor>();
        for (var vendor : new Vendors(studio, clock, paces, timer).all()) {
            vendors.put(vendor.name(), vendor);
            vendor.tasks().ifPresent(line -> lines.put(vendor.name(), line));
        }
        faults = new Faults(vendors.keySet().stream().collect(Collectors.toMap(name -> name, lines::containsKey)));
        var desk = new ControlDesk(vendors.keySet(), lines, faults, paces, this.log, studio.samples());
        var reception = new Reception(vendors, desk::answer, faults, new WireFaults(timer), this.log, clock);
        var sink = new SteadfastSink(log, lost -> OWN_LOG.log(System.Logger.Level.WARNING, lost));
        server = new WireServer(port, sink, reception::take);
    }

    /** One for tests on any free port, with its media in a directory of the build. */
    public static Simulator start(Pace pace) throws IOException {
        var directory = Files.createDirectories(Path.of("target", "simulator"));
        var ffmpeg = FfmpegBinary.find(System.getenv(), Path.of("target", "test-programs"));
        var simulator = new Simulator(
                FreePorts.next(), ffmpeg.path(), directory, pace, InstantSource.system(), LogSink.NOWHERE);
        simulator.start();
        return simulator;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "simulator timer");
        thread.setDaemon(true);
        return thread;
    }

    public void start() throws IOException {
        server.start();
        timer.scheduleWithFixedDelay(
                () -> lines.values().forEach(line -> line.age(KEEP_FINISHED)),
                BETWEEN_SWEEPS.toSeconds(),
                BETWEEN_SWEEPS.toSeconds(),
                TimeUnit.SECONDS);
    }

    public int port() {
        return port;
    }

    /** Without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Under which the vendor's own paths begin, without a slash at its end. */
    public String url(String vendor) {
        return url() + "/" + vendor;
    }

    /** What a render worker needs in its environment to use the simulator for every provider. */
    public Map<String, String> environment() {
        return SimulatedEnvironment.worker(url());
    }

    /**
     * Sets the faults of the vendors named, as {@code PUT /simulator/faults} does.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public void faults(String json) {
        try {
            faults.set((ObjectNode) Request.JSON.readTree(json));
        } catch (BadFaults | IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** How many faults the vendor's script will still cause. */
    public int faultsLeft(String vendor) {
        var left = 0;
        for (var rule : faults.describe().path(vendor).path("script")) {
            left += rule.path("times").asInt();
        }
        return left;
    }

    public void clearFaults() {
        faults.clear();
    }

    public void pace(String vendor, Pace pace) {
        paces.set(vendor, pace);
    }

    public Pace pace(String vendor) {
        return paces.of(vendor);
    }

    /** Every call to a vendor, oldest first. */
    public List<CallEntry> calls(String vendor) {
        lines.values().forEach(TaskLine::settle);
        return log.all(entry -> entry.provider().equals(vendor));
    }

    /** Every accepted piece of work, oldest first, with what it has cost up to now. */
    public List<CallEntry> purchases(String vendor) {
        return calls(vendor).stream().filter(entry -> entry.purchase() != null).toList();
    }

    public CallLog.Totals totals(String vendor) {
        lines.values().forEach(TaskLine::settle);
        return log.totals(vendor);
    }

    /** Lets every result's address handed out so far expire. */
    public void expireAddresses(String vendor) {
        lines.get(vendor).all().forEach(lines.get(vendor)::expireAddresses);
    }

    /** Forgets calls, tasks and faults. */
    public void reset() {
        faults.clear();
        lines.values().forEach(TaskLine::clear);
        log.clear();
    }

    /** Harmless when it does not run. */
    public void stop() {
        server.close();
        timer.shutdownNow();
        studio.close();
    }

    @Override
    public void close() {
        stop();
    }
}
