package io.storyreel.common.storyboard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Shape of the picture. */
public enum AspectRatio {
    @JsonProperty("16:9")
    LANDSCAPE(16, 9),
    @JsonProperty("9:16")
    PORTRAIT(9, 16),
    @JsonProperty("1:1")
    SQUARE(1, 1);

    private final int across;
    private final int down;

    AspectRatio(int across, int down) {
        this.across = across;
        this.down = down;
    }

    /** As in storyboards: {@code 16:9}. */
    public String wireName() {
        return across + ":" + down;
    }

    /** Pixels across at the given short side; even, as the encoders need it (480p landscape: 854). */
    public int width(int shortSide) {
        return across <= down ? shortSide : longSide(shortSide);
    }

    /** Pixels down at the given short side; even, as the encoders need it. */
    public int height(int shortSide) {
        return down <= across ? shortSide : longSide(shortSide);
    }

    private int longSide(int shortSide) {
        double exact = (double) shortSide * Math.max(across, down) / Math.min(across, down);
        return 2 * (int) Math.round(exact / 2);
    }
}
