package io.storyreel.api.export;

import io.storyreel.common.storyboard.OutputFormat;

/**
 * What somebody wants exported.
 *
 * @param quality name of a preset
 */
public record ExportChoice(OutputFormat format, String quality) {}
