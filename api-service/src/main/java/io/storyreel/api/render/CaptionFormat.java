package io.storyreel.api.render;

/** The two forms in which captions are kept. */
enum CaptionFormat {
    SRT("application/x-subrip; charset=utf-8") {
        @Override
        String keyIn(RenderResult.Captions captions) {
            return captions.srt();
        }
    },
    VTT("text/vtt; charset=utf-8") {
        @Override
        String keyIn(RenderResult.Captions captions) {
            return captions.vtt();
        }
    };

    private final String mediaType;

    CaptionFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    abstract String keyIn(RenderResult.Captions captions);
}
