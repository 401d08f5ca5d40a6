package io.storyreel.local.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.stack.Installation;
import io.storyreel.local.stack.StackState;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Examines this machine for what Storyreel needs. Changes nothing but unpacking the bundled ffmpeg. */
public record Doctor(Installation installation) {

    private static final int API_PORT = 8080;
    private static final double GIB = 1L << 30;
    private static final double MEMORY_NEEDED = 2;
    private static final double DISK_NEEDED = 1;
    private static final double DISK_WANTED = 5;
    private static final Pattern MAVEN = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)(\\S*)");

    public List<Finding> examine() throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        findings.add(system());
        findings.add(Finding.ok("Java", System.getProperty("java.version") + ", " + System.getProperty("java.home")));
        findings.add(maven());
        findings.add(memory());
        findings.add(disk());
        findings.add(port());
        var programs = installation.stackDirectory().programs();
        findings.addAll(new FfmpegExamination(System.getenv(), programs).findings());
        findings.add(FfmpegExamination.fonts());
        return findings;
    }

    private static Finding system() {
        var name = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        return name.startsWith("Linux") || name.startsWith("Mac")
                ? Finding.ok("System", name)
                : Finding.problem(
                        "System", name, "The embedded stack runs on Linux and macOS; use docker compose here.");
    }

    private static Finding maven() throws InterruptedException {
        var version = MAVEN.matcher(ProgramOutput.of("mvn", "-B", "-v"));
        if (!version.find()) {
            return Finding.problem("Maven", "not found", "Install Maven 3.8 or later; it builds Storyreel.");
        }
        var major = Integer.parseInt(version.group(1));
        var minor = Integer.parseInt(version.group(2));
        var found = major + "." + minor + version.group(3);
        return major > 3 || major == 3 && minor >= 8
                ? Finding.ok("Maven", found)
                : Finding.problem("Maven", found, "Install Maven 3.8 or later.");
    }

    private static Finding memory() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var total = system.getTotalMemorySize() / GIB;
        var found = String.format(Locale.ROOT, "%.1f GiB, %d processors", total, system.getAvailableProcessors());
        return total >= MEMORY_NEEDED
                ? Finding.ok("Memory", found)
                : Finding.warning("Memory", found, "Renders above 720p may run out of it; 2 GiB are enough for most.");
    }

    private Finding disk() throws IOException {
        var free = Files.getFileStore(installation.home()).getUsableSpace() / GIB;
        var found = String.format(Locale.ROOT, "%.1f GiB free at %s", free, installation.home());
        if (free < DISK_NEEDED) {
            return Finding.problem("Disk", found, "Free some: videos and their parts need at least 1 GiB.");
        }
        return free < DISK_WANTED
                ? Finding.warning("Disk", found, "Enough for some renders; old videos are in .storyreel/s3.")
                : Finding.ok("Disk", found);
    }

    private Finding port() throws IOException {
        if (FreePorts.isFree(API_PORT)) {
            return Finding.ok("Port " + API_PORT, "free");
        }
        var running = StackState.read(installation.stackDirectory())
                .filter(state -> state.apiUrl().getPort() == API_PORT && state.answers());
        return running.isPresent()
                ? Finding.ok("Port " + API_PORT, "the running stack's")
                : Finding.warning(
                        "Port " + API_PORT, "in use by another program", "Start with ./storyreel up --port 8090.");
    }
}
