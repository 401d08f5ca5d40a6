package io.storyreel.worker.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.storyreel.worker.provider.FinishedVideo;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a render made, as it is kept in the job's row.
 *
 * @param captions absent when nothing is said
 * @param warnings for the user, each a sentence
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record RenderResult(Video video, Poster poster, CaptionFiles captions, List<String> warnings) {

    /** @param size in bytes */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record Video(String key, String mediaType, long size, String sha256, double seconds, int width, int height) {}

    @RegisterForReflection
    record Poster(String key) {}

    /** Keys of both files. */
    @RegisterForReflection
    record CaptionFiles(String srt, String vtt) {}

    static RenderResult of(FinishedVideo video, List<String> warnings) {
        return new RenderResult(
                new Video(
                        video.key(),
                        video.mediaType(),
                        video.size(),
                        video.sha256(),
                        video.seconds(),
                        video.width(),
                        video.height()),
                new Poster(video.posterKey()),
                null,
                warnings);
    }

    static RenderResult of(JsonObject json) {
        return json.mapTo(RenderResult.class);
    }

    RenderResult warning(String warning) {
        return new RenderResult(
                video,
                poster,
                captions,
                Stream.concat(warnings.stream(), Stream.of(warning)).toList());
    }

    String toJson() {
        return JsonObject.mapFrom(this).encode();
    }
}
