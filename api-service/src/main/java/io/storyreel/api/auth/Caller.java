package io.storyreel.api.auth;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Whoever sent a request.
 *
 * @param subject as the token names it
 * @param workspaces what the caller may see and change; anything else does not exist for them
 */
public record Caller(String subject, Set<UUID> workspaces, Instant expiresAt) {

    public boolean mayEnter(UUID workspace) {
        return workspaces.contains(workspace);
    }
}
