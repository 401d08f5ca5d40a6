package io.storyreel.local.simulator;

import io.storyreel.local.simulator.azure.AzureVendor;
import io.storyreel.local.simulator.custom.CustomVendor;
import io.storyreel.local.simulator.elevenlabs.ElevenLabsVendor;
import io.storyreel.local.simulator.fal.FalVendor;
import io.storyreel.local.simulator.frame.Vendor;
import io.storyreel.local.simulator.media.Studio;
import io.storyreel.local.simulator.openai.OpenAiVendor;
import io.storyreel.local.simulator.replicate.ReplicateVendor;
import io.storyreel.local.simulator.runway.RunwayVendor;
import io.storyreel.local.simulator.task.Pace;
import io.storyreel.local.simulator.task.Paces;
import io.storyreel.local.simulator.task.TaskLine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** Every vendor there is; the place to add one. */
record Vendors(Studio studio, InstantSource clock, Paces paces, ScheduledExecutorService timer) {

    static final List<String> NAMES = List.of(
            RunwayVendor.NAME,
            FalVendor.NAME,
            ReplicateVendor.NAME,
            CustomVendor.NAME,
            OpenAiVendor.NAME,
            ElevenLabsVendor.NAME,
            AzureVendor.NAME);

    /** The pace of all, but for what a vendor is known to do otherwise: Replicate keeps results for an hour. */
    static Pace pace(String vendor, Pace ofAll) {
        return vendor.equals(ReplicateVendor.NAME) ? ofAll.withOutputLife(Duration.ofHours(1)) : ofAll;
    }

    List<Vendor> all() {
        return List.of(
                new RunwayVendor(line(RunwayVendor.NAME), studio, clock),
                new FalVendor(line(FalVendor.NAME), studio, clock),
                new ReplicateVendor(
                        line(ReplicateVendor.NAME), studio, clock, () -> paces.of(ReplicateVendor.NAME), timer),
                new CustomVendor(line(CustomVendor.NAME), studio, clock, () -> paces.of(CustomVendor.NAME)),
                new OpenAiVendor(studio.voices()),
                new ElevenLabsVendor(studio.voices()),
                new AzureVendor(studio.voices()));
    }

    private TaskLine line(String vendor) {
        return new TaskLine(clock, () -> paces.of(vendor));
    }
}
