package io.storyreel.local;

import io.storyreel.local.command.StoryreelCommand;

/** Entry point of the {@code storyreel} command. */
public final class Storyreel {
    private Storyreel() {}

    public static void main(String[] args) {
        System.exit(StoryreelCommand.run(args));
    }
}
