/**
 * Removes what nobody needs any more: whatever a deleted project leaves, and every file that was given up. Objects go
 * before the rows that know of them, so that a crash in between leaves nothing that nobody knows of.
 */
package io.storyreel.worker.removal;
