package io.storyreel.worker.fetch;

/** What a file has to be like while it arrives. A check throws what the download is to fail with. */
interface FileRules {

    /** How many of its first bytes {@link #beginning} is shown. */
    int BEGINNING = 512;

    long mostBytes();

    /** The failure of a file that is, or says it is, longer than {@link #mostBytes}. */
    RuntimeException tooLarge();

    /**
     * Looks at what the file begins with, once, before anything more of it is taken.
     *
     * @param head the first {@link #BEGINNING} bytes, or all of a shorter file
     */
    default void beginning(byte[] head) {}

    /** Only a limit, for a file whose content is checked later; the failure is the user's to read. */
    static FileRules atMost(long bytes) {
        return new FileRules() {
            @Override
            public long mostBytes() {
                return bytes;
            }

            @Override
            public RuntimeException tooLarge() {
                return FetchException.lasting(
                        "the file is larger than " + bytes / (1024 * 1024) + " MB: make it smaller");
            }
        };
    }
}
