package io.storyreel.local;

/** Entry point of the {@code storyreel} command. */
public final class Storyreel {
    private Storyreel() {}

    public static void main(String[] args) {
        System.out.println("storyreel");
    }
}
