package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.Lease;
import io.storyreel.common.job.LeaseLostException;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class PaidTasksTest extends OnPostgres {
    private static final UUID CALL = UUID.randomUUID();
    private static final BigDecimal PRICE = TestVendor.PRICE;

    private final List<String> submitted = new ArrayList<>();
    private ProviderTasks ledger;
    private PaidTasksFixture fixture;
    private ClaimedJob job;

    @BeforeEach
    void claimJob() {
        fixture = new PaidTasksFixture(postgres);
        ledger = fixture.ledger;
        var scene = new Scene(1, "https://example.com/a.png", null, 1.0, null, null, null, null);
        job = postgres.claimed("vendor", new Storyboard(List.of(scene), List.of(), null, null, null));
    }

    @Test
    void has_a_row_before_the_provider_is_called() {
        List<String> states = new ArrayList<>();

        Bought<Clip> bought = buy(new Vendor(true) {
            @Override
            public Uni<Submitted> submit(ClipRequest wanted, String key) {
                return postgres.pool
                        .preparedQuery("select state from provider_task where job_id = $1")
                        .execute(Tuple.of(job.id()))
                        .invoke(rows -> rows.forEach(row -> states.add(row.getString("state"))))
                        .chain(rows -> super.submit(wanted, key));
            }
        });

        assertThat(states).containsExactly("begun");
        assertThat(bought.made()).isEqualTo(new Clip("clips/1"));
        assertThat(bought.cost()).isEqualByComparingTo(PRICE);
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded");
        assertThat(ledger.spent(job.id()).await().atMost(RealPostgres.LIMIT)).isEqualByComparingTo(PRICE);
    }

    @Test
    void adopts_a_running_task_after_a_crash() {
        ProviderTask task = ledger.begin(purchase()).await().atMost(RealPostgres.LIMIT);
        ledger.running(task, "theirs-1", null, null).await().atMost(RealPostgres.LIMIT);

        buy(new Vendor(false));

        assertThat(submitted).isEmpty();
        assertThat(rows()).extracting(row -> row.getString("provider_task_id")).containsExactly("theirs-1");
    }

    @Test
    void does_not_buy_again_what_has_succeeded() {
        buy(new Vendor(true));
        Bought<Clip> again = buy(new Vendor(true));

        assertThat(submitted).hasSize(1);
        assertThat(again.made()).isEqualTo(new Clip("clips/1"));
        assertThat(again.cost()).isEqualByComparingTo(PRICE);
    }

    @Test
    void repeats_a_call_of_unknown_outcome_under_the_same_key_where_the_provider_knows_keys() {
        ProviderTask task = ledger.begin(purchase()).await().atMost(RealPostgres.LIMIT);

        buy(new Vendor(true));

        assertThat(submitted).containsExactly(task.key());
        assertThat(rows()).hasSize(1);
    }

    @Test
    void writes_a_call_of_unknown_outcome_off_where_the_provider_knows_no_keys() {
        called();

        buy(new Vendor(false));

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("lost", "succeeded");
    }

    @Test
    void goes_on_with_an_attempt_that_was_written_down_and_not_sent() {
        ledger.begin(purchase()).await().atMost(RealPostgres.LIMIT);

        buy(new Vendor(false));

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded");
    }

    @Test
    void goes_on_with_an_attempt_that_a_busy_provider_has_turned_away() {
        ProviderTask task = called();
        ledger.notSent(task, CALL).await().atMost(RealPostgres.LIMIT);

        buy(new Vendor(false));

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded");
    }

    @Test
    void waits_for_an_answer_that_may_still_come_to_another_worker() {
        fixture = new PaidTasksFixture(postgres, Map.of("storyreel.providers.answer-limit", "2s"));
        ledger = fixture.ledger;
        ProviderTask task = called();

        var bought = fixture.tasks
                .complete(new Vendor(false).order(purchase()), 0, TaskListener.NONE)
                .subscribeAsCompletionStage();
        ledger.running(task, "theirs-late", null, null).await().atMost(RealPostgres.LIMIT);

        assertThat(bought).succeedsWithin(RealPostgres.LIMIT);
        assertThat(submitted).isEmpty();
        assertThat(rows()).extracting(row -> row.getString("provider_task_id")).containsExactly("theirs-late");
    }

    @Test
    void takes_note_of_a_task_that_is_accepted_after_it_was_given_up() {
        ProviderTask task = called();
        buy(new Vendor(false));

        ledger.running(task, "theirs-late", null, null).await().atMost(RealPostgres.LIMIT);

        assertThat(rows())
                .as("somebody has to look after it: it is paid for")
                .extracting(row -> row.getString("state"), row -> row.getOffsetDateTime("look_at") != null)
                .containsExactly(tuple("running", true), tuple("succeeded", false));
    }

    @Test
    void keeps_a_task_that_is_unknown_for_a_moment() {
        var lagging = new Vendor(false) {
            private int asked;

            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return ++asked == 1
                        ? Uni.createFrom().failure(new ProviderRefusedException(Reason.GONE, "no such task"))
                        : super.poll(task, told);
            }
        };

        buy(lagging);

        assertThat(submitted).hasSize(1);
    }

    @Test
    void leaves_a_task_running_when_it_is_only_the_question_that_is_refused() {
        var barred = new Vendor(false) {
            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return Uni.createFrom().failure(new ProviderRefusedException(Reason.INPUT, "not like that"));
            }
        };

        assertThatThrownBy(() -> buy(barred)).isInstanceOf(ProviderRefusedException.class);

        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getOffsetDateTime("look_at") != null)
                .containsExactly(tuple("running", true));
    }

    @Test
    void buys_again_what_failed_by_the_providers_fault_and_books_both() {
        var failingOnce = new Vendor(false) {
            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return task.attempt() > 1 ? super.poll(task, told) : failed(Verdict.AGAIN);
            }
        };

        buy(failingOnce);

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("failed", "succeeded");
        assertThat(ledger.spent(job.id()).await().atMost(RealPostgres.LIMIT)).isEqualByComparingTo("0.12");
    }

    @Test
    void takes_a_provider_that_fails_again_and_again_for_broken() {
        var failing = new Vendor(false) {
            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return failed(Verdict.AGAIN);
            }
        };

        assertThatThrownBy(() -> buy(failing)).isInstanceOf(ProviderOutageException.class);
        assertThat(submitted).hasSize(3);
        assertThatThrownBy(() -> buy(failing)).isInstanceOf(ProviderOutageException.class);
        assertThat(submitted)
                .as("the next run of the job buys one more at most")
                .hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void does_not_buy_again_what_was_refused() {
        var refusing = new Vendor(false) {
            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return failed(Verdict.FINAL);
            }
        };

        assertThatThrownBy(() -> buy(refusing))
                .isInstanceOf(ProviderRefusedException.class)
                .hasMessage("it broke");
        assertThat(submitted).hasSize(1);
    }

    @Test
    void hands_a_task_of_unknown_outcome_over_once_more_and_not_twice() {
        var silent = new Vendor(false) {
            @Override
            public Uni<Submitted> submit(ClipRequest wanted, String key) {
                return super.submit(wanted, key)
                        .chain(accepted -> Uni.createFrom().failure(new OutcomeUnknownException("no answer", null)));
            }
        };

        assertThatThrownBy(() -> buy(silent)).isInstanceOf(ProviderOutageException.class);

        assertThat(submitted).hasSize(2);
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("lost", "lost");
    }

    @Test
    void looks_for_a_task_of_unknown_outcome_before_handing_it_over_again() {
        var silent = new Vendor(false) {
            @Override
            public Uni<Submitted> submit(ClipRequest wanted, String key) {
                return super.submit(wanted, key)
                        .chain(accepted -> Uni.createFrom().failure(new OutcomeUnknownException("no answer", null)));
            }

            @Override
            public Uni<Submitted> find(ClipRequest wanted, ProviderTask lost) {
                return Uni.createFrom().item(Submitted.as("found-1"));
            }
        };

        buy(silent);

        assertThat(submitted).hasSize(1);
        assertThat(rows()).extracting(row -> row.getString("provider_task_id")).containsExactly("found-1");
    }

    @Test
    void asks_a_busy_provider_again_under_the_same_attempt() {
        var busyOnce = new Vendor(false) {
            @Override
            public Uni<Submitted> submit(ClipRequest wanted, String key) {
                return super.submit(wanted, key).map(accepted -> {
                    if (submitted.size() == 1) {
                        throw new ProviderBusyException("too many calls", Duration.ofMillis(1));
                    }
                    return accepted;
                });
            }
        };

        buy(busyOnce);

        assertThat(submitted).hasSize(2);
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded");
    }

    @Test
    void leaves_a_task_that_takes_too_long_running_and_adopts_it_when_asked_again() {
        var slow = new Vendor(false) {
            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return Uni.createFrom().item(new TaskProgress.Running<>("RUNNING", null, Duration.ofMillis(5)));
            }

            @Override
            public Duration patience(ClipRequest wanted) {
                return Duration.ofMillis(20);
            }
        };

        assertThatThrownBy(() -> buy(slow)).isInstanceOf(ProviderOutageException.class);
        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getOffsetDateTime("look_at") != null)
                .containsExactly(tuple("running", true));
        buy(new Vendor(false));

        assertThat(submitted).hasSize(1);
        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getOffsetDateTime("look_at"))
                .containsExactly(tuple("succeeded", null));
    }

    @Test
    void stops_a_task_that_takes_too_long_at_a_provider_that_wants_it_so() {
        var slow = new Late(TestVendor::stopped);

        assertThatThrownBy(() -> buy(slow)).isInstanceOf(ProviderOutageException.class);

        assertThat(rows())
                .extracting(
                        row -> row.getString("state"),
                        row -> row.getOffsetDateTime("look_at"),
                        row -> row.getBigDecimal("cost_actual").signum())
                .containsExactly(tuple("canceled", null, 0));
    }

    @Test
    void takes_what_is_made_in_the_moment_in_which_it_is_stopped() {
        var justMade = new Late(
                () -> new TaskProgress.Succeeded<>("SUCCEEDED", RemoteFile.at("https://v/1"), TestVendor.PRICE));

        buy(justMade);

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded");
    }

    @Test
    void looks_after_a_late_task_that_does_not_come_to_rest() {
        var deaf = new Late(() -> {
            throw new ProviderOutageException("it does not listen", (Throwable) null);
        });

        assertThatThrownBy(() -> buy(deaf)).hasMessageContaining("ran at vendor for more than");

        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getOffsetDateTime("look_at") != null)
                .containsExactly(tuple("running", true));
    }

    /** Makes nothing in time, and is to be stopped then. */
    private final class Late extends Vendor {
        private final Supplier<TaskProgress<RemoteFile>> atRest;

        Late(Supplier<TaskProgress<RemoteFile>> atRest) {
            super(false);
            this.atRest = atRest;
        }

        @Override
        public boolean stopsLateTasks() {
            return true;
        }

        @Override
        public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
            return Uni.createFrom().item(new TaskProgress.Running<>("RUNNING", null, Duration.ofMillis(5)));
        }

        @Override
        public Duration patience(ClipRequest wanted) {
            return Duration.ofMillis(20);
        }

        @Override
        public Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
            return Uni.createFrom().item(atRest);
        }
    }

    @Test
    void writes_down_every_word_the_provider_has_for_the_state() {
        var wordy = new Vendor(false) {
            private int asked;

            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return switch (++asked) {
                    case 1, 2 -> Uni.createFrom().item(new TaskProgress.Queued<>("THROTTLED", 3, Duration.ZERO));
                    case 3 -> Uni.createFrom().item(new TaskProgress.Running<>("RUNNING", 40, Duration.ZERO));
                    default -> super.poll(task, told);
                };
            }
        };
        List<TaskListener.Wait> waits = new ArrayList<>();

        fixture.tasks
                .complete(wordy.order(purchase()), 0, new TaskListener() {
                    @Override
                    public Uni<Void> waiting(Wait wait) {
                        waits.add(wait);
                        return Uni.createFrom().voidItem();
                    }
                })
                .await()
                .atMost(RealPostgres.LIMIT);

        assertThat(rows().get(0).getJsonArray("states").stream().map(seen -> ((JsonObject) seen).getString("state")))
                .containsExactly("THROTTLED", "RUNNING", "SUCCEEDED");
        assertThat(waits).containsExactly(new TaskListener.Wait(TaskListener.Reason.PROVIDER_QUEUE, "vendor", 3, null));
    }

    @Test
    void goes_on_asking_after_a_paid_task_while_the_provider_cannot_be_reached() {
        var away = new Vendor(false) {
            private int asked;

            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return ++asked == 1
                        ? Uni.createFrom().failure(new ProviderOutageException("away", (Throwable) null))
                        : super.poll(task, told);
            }
        };

        buy(away);

        assertThat(submitted).hasSize(1);
    }

    @Test
    void asks_again_for_what_was_made_before_it_buys_a_second_one() {
        var forgetful = new Vendor(false) {
            private int asked;

            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return ++asked == 1 ? withoutFile() : super.poll(task, told);
            }
        };

        buy(forgetful);

        assertThat(submitted).hasSize(1);
        assertThat(ledger.spent(job.id()).await().atMost(RealPostgres.LIMIT)).isEqualByComparingTo(PRICE);
    }

    @Test
    void takes_what_was_made_and_is_never_to_be_had_for_charged() {
        var withholding = new Vendor(false) {
            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return withoutFile();
            }
        };

        assertThatThrownBy(() -> buy(withholding)).isInstanceOf(ProviderRefusedException.class);

        assertThat(submitted).hasSize(1);
        assertThat(rows().get(0).getBigDecimal("cost_actual")).isEqualByComparingTo(PRICE);
    }

    private static Uni<TaskProgress<RemoteFile>> withoutFile() {
        return Uni.createFrom()
                .item(new TaskProgress.Failed<>(
                        "COMPLETED", "provider_no_result", "made, but not there", Verdict.AGAIN, null));
    }

    @Test
    void does_not_pay_twice_for_a_broken_file_that_was_charged() {
        assertThatThrownBy(() -> buy(keeping(new Vendor(false))))
                .isInstanceOf(ProviderRefusedException.class)
                .hasMessage("the file is a page");

        assertThat(submitted).hasSize(1);
        assertThat(rows().get(0).getBigDecimal("cost_actual")).isEqualByComparingTo(PRICE);
    }

    @Test
    void buys_a_broken_file_that_was_free_once_more() {
        var free = new Vendor(false) {
            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return Uni.createFrom()
                        .item(new TaskProgress.Succeeded<>("DONE", RemoteFile.at("https://v/1"), BigDecimal.ZERO));
            }
        };

        assertThatThrownBy(() -> buy(keeping(free))).isInstanceOf(ProviderRefusedException.class);

        assertThat(submitted).hasSize(2);
    }

    @Test
    void repeats_an_order_that_went_unheard_under_the_same_key_where_the_provider_knows_keys() {
        var silentOnce = new Vendor(true) {
            @Override
            public Uni<Submitted> submit(ClipRequest wanted, String key) {
                return super.submit(wanted, key).map(accepted -> {
                    if (submitted.size() == 1) {
                        throw new OutcomeUnknownException("no answer", null);
                    }
                    return accepted;
                });
            }
        };

        buy(silentOnce);

        assertThat(submitted).hasSize(2).containsOnly(submitted.get(0));
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded");
    }

    @Test
    void keeps_an_order_open_that_went_unheard_where_the_provider_knows_keys() {
        fixture = new PaidTasksFixture(postgres, Map.of("storyreel.providers.outage-patience", "20ms"));
        var silent = new Vendor(true) {
            @Override
            public Uni<Submitted> submit(ClipRequest wanted, String key) {
                return super.submit(wanted, key)
                        .chain(accepted -> Uni.createFrom().failure(new OutcomeUnknownException("no answer", null)));
            }
        };

        assertThatThrownBy(() -> buy(silent)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("begun");
        buy(new Vendor(true));

        assertThat(submitted).hasSizeGreaterThan(1).containsOnly(submitted.get(0));
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("succeeded");
    }

    @Test
    void books_what_was_charged_for_a_file_that_is_gone_when_its_address_has_expired() {
        var forgetful = new Vendor(false) {
            private int asked;

            @Override
            public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
                return ++asked == 1
                        ? super.poll(task, told)
                        : Uni.createFrom()
                                .failure(new ProviderRefusedException(Reason.GONE, "vendor has forgotten it"));
            }
        };
        var order = forgetful.order(purchase());
        var expired = new Order<ClipRequest, RemoteFile, Clip>(
                order.provider(),
                order.purchase(),
                order.wanted(),
                order.made(),
                (made, renew) -> renew.get().map(again -> new Clip("clips/1")),
                order.patience());

        assertThatThrownBy(() -> buy(expired))
                .isInstanceOf(ProviderRefusedException.class)
                .hasMessage("vendor has forgotten it");

        assertThat(submitted).hasSize(1);
        assertThat(rows())
                .extracting(row -> row.getString("state"), row -> row.getBigDecimal("cost_actual"))
                .containsExactly(tuple("failed", PRICE));
    }

    @Test
    void buys_nothing_for_a_job_that_is_somebody_elses() {
        postgres.execute("update job set lease_epoch = 2 where id = $1", Tuple.of(job.id()));

        assertThatThrownBy(() -> buy(new Vendor(true))).isInstanceOf(LeaseLostException.class);
        assertThat(submitted).isEmpty();
    }

    private Bought<Clip> buy(TestVendor vendor) {
        return buy(vendor.order(purchase()));
    }

    private Bought<Clip> buy(Order<ClipRequest, RemoteFile, Clip> order) {
        return fixture.tasks.complete(order, 0, TaskListener.NONE).await().atMost(RealPostgres.LIMIT);
    }

    /** An attempt after a worker died while it called the provider. */
    private ProviderTask called() {
        ProviderTask task = ledger.begin(purchase()).await().atMost(RealPostgres.LIMIT);
        ledger.sending(task, CALL, false).await().atMost(RealPostgres.LIMIT);
        return task;
    }

    private Purchase purchase() {
        return Purchase.whole(new Lease(job.id(), 1), Purpose.CLIP, 1, "vendor", "digest", PRICE);
    }

    /** Finds every file broken. */
    private Order<ClipRequest, RemoteFile, Clip> keeping(Vendor vendor) {
        var order = vendor.order(purchase());
        return new Order<>(
                order.provider(),
                order.purchase(),
                order.wanted(),
                order.made(),
                (made, renew) -> Uni.createFrom().failure(new BrokenResultException("the file is a page", null)),
                order.patience());
    }

    private static Uni<TaskProgress<RemoteFile>> failed(Verdict verdict) {
        return Uni.createFrom()
                .item(new TaskProgress.Failed<>(
                        "FAILED", "render_failed", "it broke", verdict, new BigDecimal("0.02")));
    }

    private List<Row> rows() {
        return postgres.rows("select * from provider_task where job_id = $1 order by attempt", Tuple.of(job.id()));
    }

    private class Vendor extends TestVendor {
        private final boolean idempotent;

        Vendor(boolean idempotent) {
            this.idempotent = idempotent;
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities(idempotent, false);
        }

        @Override
        public Uni<Submitted> submit(ClipRequest wanted, String key) {
            PaidTasksTest.this.submitted.add(key);
            return super.submit(wanted, key);
        }
    }
}
