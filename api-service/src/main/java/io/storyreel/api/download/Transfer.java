package io.storyreel.api.download;

import java.util.UUID;

/**
 * A part of a file that has left for a client, in one answer.
 *
 * @param projectId whose download it is
 * @param objectKey names the file's content: another content has another key
 * @param client who got it; parts that the same client got belong together
 * @param first number of the first byte, from 0
 * @param next number of the byte after the last one
 * @param size of the file in bytes
 */
public record Transfer(UUID projectId, String objectKey, String client, long first, long next, long size) {}
