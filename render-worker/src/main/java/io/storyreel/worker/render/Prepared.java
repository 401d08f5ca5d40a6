package io.storyreel.worker.render;

import java.util.List;

/**
 * What the user gave, checked.
 *
 * @param images one per scene, in order
 * @param music null for none
 */
record Prepared(List<PreparedImage> images, PreparedSound music) {}
