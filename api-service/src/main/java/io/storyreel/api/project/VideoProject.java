package io.storyreel.api.project;

import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A storyboard under way to a video. Its status is never stored: see {@link ProjectStatus}. */
@Entity
@Table(name = "video_project")
public class VideoProject {
    @Id
    UUID id;

    @Column(name = "workspace_id", nullable = false, updatable = false)
    UUID workspaceId;

    @Column(columnDefinition = "text", nullable = false)
    String title;

    @Column(columnDefinition = "text")
    String mode;

    @Column(columnDefinition = "text")
    String style;

    @Column(name = "target_duration")
    Double targetDuration;

    @Column(name = "webhook_url", columnDefinition = "text")
    String webhookUrl;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    Storyboard storyboard;

    @Column(name = "spec_digest", columnDefinition = "text", nullable = false)
    String specDigest;

    @Column(name = "scenes_total", nullable = false)
    int scenesTotal;

    @Column(name = "planned_seconds", nullable = false)
    double plannedSeconds;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "scenes_without_image", nullable = false)
    Integer[] scenesWithoutImage;

    @Column(nullable = false)
    boolean approved;

    @Column(name = "approved_at")
    Instant approvedAt;

    @Version
    int version;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    Instant updatedAt;

    /**
     * Takes over what was asked for. A new storyboard has to be approved anew, unless the request says it is. What is no
     * change is not dated either, and leaves the version that others have read as it is.
     */
    void describe(ProjectRequest request, boolean saysApproved, Instant now) {
        Storyboard wanted = request.toStoryboard();
        String digest = StoryboardJson.digest(wanted);
        boolean changed = !digest.equals(specDigest);
        boolean approval = saysApproved ? Boolean.TRUE.equals(request.approved()) : approved && !changed;
        if (!changed && approval == approved && isSaidBy(request)) {
            return;
        }
        title = request.title();
        mode = request.mode();
        style = request.style();
        targetDuration = request.targetDuration();
        webhookUrl = request.webhookUrl();
        if (changed) {
            storyboard = wanted;
            specDigest = digest;
            scenesTotal = wanted.scenes().size();
            plannedSeconds = wanted.plannedSeconds();
            scenesWithoutImage = wanted.scenesWithoutImage().toArray(Integer[]::new);
        }
        approve(approval, now);
        updatedAt = now;
    }

    /** Of everything beside the storyboard. */
    private boolean isSaidBy(ProjectRequest request) {
        return Objects.equals(title, request.title())
                && Objects.equals(mode, request.mode())
                && Objects.equals(style, request.style())
                && Objects.equals(targetDuration, request.targetDuration())
                && Objects.equals(webhookUrl, request.webhookUrl());
    }

    private void approve(boolean wanted, Instant now) {
        if (wanted != approved) {
            approved = wanted;
            approvedAt = wanted ? now : null;
        }
    }
}
