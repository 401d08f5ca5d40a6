package io.storyreel.local.doctor;

import io.storyreel.local.media.FfmpegBinary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Whether there is an ffmpeg, and whether it was built with everything a render uses. */
record FfmpegExamination(Map<String, String> environment, Path programs) {

    private static final List<String> ENCODERS = List.of("libx264", "aac", "libvpx-vp9", "libopus");
    private static final List<String> FILTERS = List.of(
            "zoompan",
            "xfade",
            "fade",
            "scale",
            "pad",
            "crop",
            "overlay",
            "concat",
            "subtitles",
            "amix",
            "adelay",
            "apad",
            "atempo",
            "afade",
            "aresample",
            "sidechaincompress",
            "loudnorm",
            "volume");

    List<Finding> findings() throws InterruptedException {
        FfmpegBinary ffmpeg;
        try {
            ffmpeg = FfmpegBinary.find(environment, programs);
        } catch (IOException e) {
            return List.of(Finding.problem("ffmpeg", e.getMessage(), "Install ffmpeg, for instance with apt or brew."));
        }
        var program = ffmpeg.path().toString();
        var banner = ProgramOutput.of(program, "-hide_banner", "-version")
                .lines()
                .findFirst()
                .orElse("");
        if (banner.isEmpty()) {
            return List.of(Finding.problem(
                    "ffmpeg", program + " does not run", "Name a working one in " + FfmpegBinary.VARIABLE + "."));
        }
        var findings = new ArrayList<Finding>();
        findings.add(Finding.ok("ffmpeg", banner.replaceAll(" Copyright.*", "") + ", " + origin(ffmpeg)));
        findings.add(parts("encoders", ENCODERS, ProgramOutput.of(program, "-hide_banner", "-encoders")));
        findings.add(parts("filters", FILTERS, ProgramOutput.of(program, "-hide_banner", "-filters")));
        return findings;
    }

    private static String origin(FfmpegBinary ffmpeg) {
        return switch (ffmpeg.origin()) {
            case NAMED -> "named in " + FfmpegBinary.VARIABLE + ": " + ffmpeg.path();
            case ON_PATH -> "from the PATH: " + ffmpeg.path();
            case BUNDLED -> "bundled";
        };
    }

    /** In ffmpeg's tables the name is the second word of a line. */
    private static Finding parts(String kind, List<String> needed, String table) {
        var present = table.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1)
                .map(words -> words[1])
                .toList();
        var missing = needed.stream().filter(name -> !present.contains(name)).toList();
        return missing.isEmpty()
                ? Finding.ok("ffmpeg " + kind, String.join(", ", needed))
                : Finding.problem(
                        "ffmpeg " + kind,
                        "missing: " + String.join(", ", missing),
                        "Install a full ffmpeg, or take the one from the PATH away: the bundled one has them all.");
    }

    /** Where a machine keeps fonts; burnt-in captions need at least one. */
    static Finding fonts() {
        var places = List.of(
                "/usr/share/fonts",
                "/usr/local/share/fonts",
                "/Library/Fonts",
                System.getProperty("user.home") + "/.fonts");
        var present = places.stream()
                .map(Path::of)
                .filter(place -> {
                    var content = place.toFile().list();
                    return content != null && Arrays.stream(content).anyMatch(name -> !name.startsWith("."));
                })
                .findFirst();
        return present.map(place -> Finding.ok("Fonts", place.toString()))
                .orElseGet(() -> Finding.warning(
                        "Fonts",
                        "none found",
                        "Burnt-in captions would be invisible; install some, for instance fonts-dejavu."));
    }
}
