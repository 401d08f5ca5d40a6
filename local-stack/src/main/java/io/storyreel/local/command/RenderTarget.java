package io.storyreel.local.command;

import io.storyreel.local.client.ApiClient;

import java.util.UUID;

/** The server and workspace a render goes to. */
record RenderTarget(ApiClient api, UUID workspace) {

    String path(String rest) {
        return "/api/v1/video/workspaces/" + workspace + rest;
    }
}
