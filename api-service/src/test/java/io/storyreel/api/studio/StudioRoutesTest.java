package io.storyreel.api.studio;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

class StudioRoutesTest {
    private static final String INDEX = "the index page";

    private static Vertx vertx;
    private static HttpServer server;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        new StudioRoutes().register(router);
        router.get("/").handler(request -> request.end(INDEX));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/signin",
                "/signin?code=once",
                "/renders/01994f6e-0000-7000-8000-000000000001",
                "/renders/x/"
            })
    void every_page_of_the_studio_is_the_index_page(String path) {
        given().port(server.actualPort()).get(path).then().statusCode(200).body(equalTo(INDEX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/renders", "/renders/a/b", "/api/v1/nothing", "/q/nothing", "/static/bundle/gone.js"})
    void other_addresses_are_not_answered_with_the_page(String path) {
        given().port(server.actualPort()).get(path).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signin", "/renders/x"})
    void pages_are_only_read(String path) {
        given().port(server.actualPort()).post(path).then().statusCode(405);
    }
}
