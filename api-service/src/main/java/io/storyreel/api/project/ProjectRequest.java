package io.storyreel.api.project;

import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.common.storyboard.BackgroundMusic;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardRules;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/** A project as its owner describes it. What is left out has its default. */
@Schema(
        example =
                """
                {"title": "Harbour", "approved": true, "aspect_ratio": "16:9",
                 "storyboard": [{"scene_index": 1, "image_url": "https://example.com/harbour.jpg", "duration": 3},
                                {"scene_index": 2, "image_url": "https://example.com/boats.jpg", "duration": 2.5, "transition": "fade"}],
                 "script": [{"text": "A morning at the harbour."}],
                 "output": {"resolution": "720p"}}""")
public record ProjectRequest(
        @Schema(required = true, minLength = 1, maxLength = ProjectRules.LONGEST_TITLE) String title,
        @Schema(maxLength = ProjectRules.LONGEST_LABEL) String mode,
        @Schema(
                        description = "Seconds; only kept, the length follows from the scenes",
                        minimum = "" + StoryboardRules.MIN_SECONDS,
                        maximum = "" + StoryboardRules.MAX_TOTAL_SECONDS)
                Double targetDuration,
        @Schema(maxLength = ProjectRules.LONGEST_LABEL) String style,
        @Schema(description = "Only approved projects are rendered", defaultValue = "false") Boolean approved,
        @Schema(format = "uri", maxLength = StoryboardRules.MAX_URL) String webhookUrl,
        @Schema(required = true, minItems = 1, maxItems = StoryboardRules.MAX_SCENES) List<Scene> storyboard,
        @Schema(maxItems = StoryboardRules.MAX_LINES) List<ScriptLine> script,
        BackgroundMusic backgroundMusic,
        OutputSpec output,
        AspectRatio aspectRatio) {

    Storyboard toStoryboard() {
        return new Storyboard(storyboard, script, backgroundMusic, output, aspectRatio);
    }

    static ProjectRequest of(VideoProject project) {
        Storyboard storyboard = project.storyboard;
        return new ProjectRequest(
                project.title,
                project.mode,
                project.targetDuration,
                project.style,
                project.approved,
                project.webhookUrl,
                storyboard.scenes(),
                storyboard.script(),
                storyboard.backgroundMusic(),
                storyboard.output(),
                storyboard.aspectRatio());
    }
}
