package io.storyreel.worker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What tests of the database share: a Postgres for each class, which no other class sees. */
public abstract class OnPostgres {
    protected static RealPostgres postgres;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new RealPostgres();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }
}
