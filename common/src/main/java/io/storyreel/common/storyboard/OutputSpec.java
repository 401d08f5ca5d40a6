package io.storyreel.common.storyboard;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.util.Set;

/**
 * The file wanted.
 *
 * @param resolution length of the short side; defaults to 1080p
 * @param format container and codecs; defaults to MP4
 * @param fps frames per second: 24, 25, 30 or 60; defaults to 30
 * @param burnCaptions whether the captions are drawn into the picture; SRT and VTT files are made either way
 */
@JsonNaming(SnakeCaseStrategy.class)
public record OutputSpec(Resolution resolution, OutputFormat format, Integer fps, Boolean burnCaptions) {

    public static final Set<Integer> FRAME_RATES = Set.of(24, 25, 30, 60);
    public static final OutputSpec DEFAULT = new OutputSpec(null, null, null, null);

    public OutputSpec {
        resolution = resolution == null ? Resolution.P1080 : resolution;
        format = format == null ? OutputFormat.MP4 : format;
        fps = fps == null ? Integer.valueOf(30) : fps;
        burnCaptions = burnCaptions != null && burnCaptions;
    }
}
