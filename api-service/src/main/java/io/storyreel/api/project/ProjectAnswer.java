package io.storyreel.api.project;

import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.common.storyboard.BackgroundMusic;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A project as clients see it.
 *
 * @param latestJobId the project's latest render, or null
 * @param version goes up with every change; the entity tag is made of it
 */
@Schema(name = "VideoProject")
public record ProjectAnswer(
        UUID id,
        UUID workspaceId,
        String title,
        ProjectStatus status,
        boolean approved,
        Instant approvedAt,
        String mode,
        String style,
        Double targetDuration,
        double plannedDuration,
        AspectRatio aspectRatio,
        List<Scene> storyboard,
        List<ScriptLine> script,
        BackgroundMusic backgroundMusic,
        OutputSpec output,
        String webhookUrl,
        UUID latestJobId,
        @Schema(
                        description = "When the files of the latest render were removed because they had been kept long"
                                + " enough; otherwise null. Render again to have them again")
                Instant filesRemovedAt,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static ProjectAnswer of(VideoProject project, LatestRenders.LatestRender latest) {
        Storyboard storyboard = project.storyboard;
        ProjectStatus status = ProjectStatus.of(
                project.scenesWithoutImage.length > 0,
                latest == null ? null : latest.status(),
                latest != null && latest.specDigest().equals(project.specDigest));
        return new ProjectAnswer(
                project.id,
                project.workspaceId,
                project.title,
                status,
                project.approved,
                project.approvedAt,
                project.mode,
                project.style,
                project.targetDuration,
                project.plannedSeconds,
                storyboard.aspectRatio(),
                storyboard.scenes(),
                storyboard.script(),
                storyboard.backgroundMusic(),
                storyboard.output(),
                project.webhookUrl,
                latest == null ? null : latest.jobId(),
                latest == null ? null : latest.removedAt(),
                project.version,
                project.createdAt,
                project.updatedAt);
    }
}
