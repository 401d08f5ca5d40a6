package io.storyreel.common.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** The times that limits are for. Both begin at midnight UTC. */
public enum BudgetWindow {
    DAILY {
        @Override
        LocalDate next(LocalDate today) {
            return today.plusDays(1);
        }
    },
    MONTHLY {
        @Override
        LocalDate next(LocalDate today) {
            return today.withDayOfMonth(1).plusMonths(1);
        }
    };

    abstract LocalDate next(LocalDate today);

    /** When what was spent no longer counts. */
    public Instant resetsAt(LocalDate today) {
        return next(today).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
