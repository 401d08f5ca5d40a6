package io.storyreel.api.render;

/** The two forms in which captions are kept. */
public enum CaptionFormat {
    SRT(RenderFile.SRT),
    VTT(RenderFile.VTT);

    private final RenderFile file;

    CaptionFormat(RenderFile file) {
        this.file = file;
    }

    public RenderFile file() {
        return file;
    }
}
