package io.storyreel.api.export;

import io.storyreel.common.export.ExportParameters;
import io.storyreel.common.storyboard.OutputFormat;

/** A choice with what its preset stands for right now. */
record ExportWish(OutputFormat format, String quality, ExportParameters parameters) {

    String cacheKey(ExportedVideo video) {
        return parameters.cacheKey(video.sha256(), format);
    }
}
