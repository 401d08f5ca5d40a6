package io.storyreel.worker.render;

import java.util.Locale;

/** The stages of a render and the part of the progress bar that each of them fills. */
enum RenderStage {
    PREPARE(0, 10),
    SPEAK(10, 25),
    ANIMATE(25, 55),
    COMPOSE(55, 90),
    VERIFY(90, 93),
    STORE(93, 99);

    private final int from;
    private final int to;

    RenderStage(int from, int to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The percentage of the whole render.
     *
     * @param fraction of this stage that is done; values outside of 0 to 1 count as the nearer end
     */
    int percent(double fraction) {
        double within = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
        return from + (int) Math.floor((to - from) * within);
    }

    /** The name in rows and events. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
