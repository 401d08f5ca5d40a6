package io.storyreel.api.render;

import io.storyreel.api.file.FileDownload.Wanted;

import java.util.UUID;

/** The files that a finished render leaves. */
public enum RenderFile {
    VIDEO("video") {
        @Override
        String keyIn(RenderResult result) {
            return result.video() == null ? null : result.video().key();
        }

        @Override
        String mediaTypeIn(RenderResult result) {
            return result.video().mediaType();
        }
    },
    POSTER("poster") {
        @Override
        String keyIn(RenderResult result) {
            return result.poster() == null ? null : result.poster().key();
        }

        @Override
        String mediaTypeIn(RenderResult result) {
            return keyIn(result).endsWith(".png") ? "image/png" : "image/jpeg";
        }
    },
    SRT("captions") {
        @Override
        String keyIn(RenderResult result) {
            return result.captions() == null ? null : result.captions().srt();
        }

        @Override
        String mediaTypeIn(RenderResult result) {
            return "application/x-subrip; charset=utf-8";
        }
    },
    VTT("captions") {
        @Override
        String keyIn(RenderResult result) {
            return result.captions() == null ? null : result.captions().vtt();
        }

        @Override
        String mediaTypeIn(RenderResult result) {
            return "text/vtt; charset=utf-8";
        }
    };

    private final String word;

    RenderFile(String word) {
        this.word = word;
    }

    /** What people call it. */
    String word() {
        return word;
    }

    /** Null if the render has left none. */
    abstract String keyIn(RenderResult result);

    abstract String mediaTypeIn(RenderResult result);

    /** With its dot, or empty. */
    String extensionIn(RenderResult result) {
        String key = keyIn(result);
        int dot = key.lastIndexOf('.');
        return dot < key.lastIndexOf('/') ? "" : key.substring(dot);
    }

    /** To be sent; of a render that has it. Only videos are worth counting. */
    Wanted of(RenderResult result, UUID project, String disposition) {
        return this == VIDEO
                ? new Wanted(keyIn(result), mediaTypeIn(result), result.video().sha256(), disposition, project)
                : new Wanted(keyIn(result), mediaTypeIn(result), null, disposition, null);
    }
}
