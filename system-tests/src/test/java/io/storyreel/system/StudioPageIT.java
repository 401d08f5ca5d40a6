package io.storyreel.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The page in a real browser, from the sign-in link to the player. */
class StudioPageIT {
    private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
            new LocatorAssertions.IsVisibleOptions().setTimeout(RunningPair.LIMIT.toMillis());

    @TempDir
    static Path directory;

    private static RunningPair pair;
    private static Films films;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        pair = new RunningPair(
                        directory, 1, Map.of("STORYREEL_MOCK_DURATION_MIN", "4s", "STORYREEL_MOCK_DURATION_MAX", "4s"))
                .start();
        films = new Films(pair);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void stop() {
        browser.close();
        playwright.close();
        pair.close();
    }

    @Test
    void a_render_is_watched_from_its_start_to_the_player_with_a_reload_in_the_middle() throws Exception {
        Page page = signIn();
        List<String> mistakes = new ArrayList<>();
        page.onPageError(mistakes::add);
        ObjectNode film = films.storyboard("A film of one colour");
        Films.addScene(film, films.upload(films.picture(Color.ORANGE, 640, 360)), 2, "none");

        films.render(films.create(film), "mock");

        Locator card = page.getByTestId("render-card").first();
        assertThat(card).isVisible(PATIENTLY);
        assertThat(card).containsText("A film of one colour");
        assertThat(card.getByTestId("percent"))
                .not()
                .hasText("0%", new LocatorAssertions.HasTextOptions().setTimeout(30_000));

        card.getByTestId("render-link").click();
        assertThat(page.getByTestId("stages")).isVisible(PATIENTLY);
        int before = percent(page);
        page.reload();
        assertThat(page.getByTestId("stages")).isVisible(PATIENTLY);
        assertThat(percent(page)).as("progress after the reload").isGreaterThanOrEqualTo(before);

        assertThat(page.getByTestId("player")).isVisible(PATIENTLY);
        assertThat(mistakes).isEmpty();
    }

    @Test
    void a_failure_is_told_in_plain_words() throws Exception {
        Page page = signIn();
        ObjectNode film = films.storyboard("A film that fails");
        Films.addScene(film, "http://127.0.0.1:1/nothing.png", 2, "none");
        String job = films.render(films.create(film), "local");

        page.navigate(pair.api.url() + "/renders/" + job);

        assertThat(page.getByTestId("failure")).isVisible(PATIENTLY);
        assertThat(page.getByTestId("failure-message")).containsText("image_url");
    }

    @Test
    void a_sign_in_link_works_once() throws Exception {
        String link = link();
        Page first = browser.newContext().newPage();
        first.navigate(link);
        assertThat(first.getByTestId("no-renders")
                        .or(first.getByTestId("render-card"))
                        .first())
                .isVisible(PATIENTLY);

        Page second = browser.newContext().newPage();
        second.navigate(link);

        assertThat(second.getByTestId("signin-expired")
                        .or(second.getByTestId("signin-problem"))
                        .first())
                .isVisible(PATIENTLY);
    }

    private static int percent(Page page) {
        String text = page.getByTestId("percent").first().textContent();
        return Integer.parseInt(text.replaceAll("\\D", ""));
    }

    private static Page signIn() throws Exception {
        Page page = browser.newContext().newPage();
        page.navigate(link());
        assertThat(page.getByTestId("sign-out")).isVisible(PATIENTLY);
        return page;
    }

    private static String link() throws Exception {
        return pair.api.url()
                + pair.client()
                        .post("/api/v1/session/links", Films.JSON.createObjectNode())
                        .get("url")
                        .asText();
    }

    private static Path chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the browser tests need Chromium: install the distribution's package chromium"));
    }
}
