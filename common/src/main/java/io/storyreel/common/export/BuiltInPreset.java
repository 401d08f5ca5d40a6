package io.storyreel.common.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The presets that every workspace has. */
public enum BuiltInPreset {
    LOW(854, 480, 1_000, 128),
    MEDIUM(1_280, 720, 2_500, 192),
    HIGH(1_920, 1_080, 5_000, 256),
    UHD(3_840, 2_160, 16_000, 256);

    private final ExportParameters parameters;

    BuiltInPreset(int width, int height, int videoKbps, int audioKbps) {
        this.parameters = new ExportParameters(width, height, videoKbps, audioKbps, null, null);
    }

    /** The preset of that name, or null. */
    public static BuiltInPreset named(String name) {
        return Arrays.stream(values())
                .filter(preset -> preset.wireName().equals(name))
                .findFirst()
                .orElse(null);
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(BuiltInPreset::wireName).toList();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public ExportParameters parameters() {
        return parameters;
    }
}
