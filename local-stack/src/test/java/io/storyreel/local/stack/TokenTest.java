package io.storyreel.local.stack;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenTest {

    private static final UUID WORKSPACE = UUID.fromString("01936f3c-0000-7000-8000-000000000001");

    @TempDir
    Path directory;

    @Test
    void carries_issuer_subject_workspace_and_times_under_a_valid_signature() throws Exception {
        var secret = new Secret("0123456789abcdef0123456789abcdef");
        var clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

        var token = Token.issue(secret, "local", WORKSPACE, Duration.ofDays(1), clock);

        var parts = token.split("\\.");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8))
                .isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8))
                .isEqualTo("{\"iss\":\"storyreel\",\"sub\":\"local\",\"iat\":1700000000,\"exp\":1700086400,"
                        + "\"workspaces\":[\"" + WORKSPACE + "\"]}");
        assertThat(Base64.getUrlDecoder().decode(parts[2])).isEqualTo(secret.sign(parts[0] + "." + parts[1]));
        assertThat(Token.workspaces(token)).containsExactly(WORKSPACE);
    }

    @Test
    void says_what_is_wrong_with_something_that_is_no_token() {
        assertThatThrownBy(() -> Token.workspaces("abc")).hasMessageContaining("no JWT");
        assertThatThrownBy(() -> Token.workspaces("a.b!.c")).hasMessageContaining("cannot be read");
    }

    @Test
    void the_secret_stays_the_same_and_is_for_its_owner_only() throws Exception {
        var stack = new StackDirectory(directory.resolve(".storyreel")).made();

        var first = Secret.of(stack);

        assertThat(Secret.of(stack)).isEqualTo(first);
        assertThat(first.text()).hasSizeGreaterThanOrEqualTo(32);
        assertThat(Files.getPosixFilePermissions(stack.root().resolve("secret")))
                .hasSize(2);
        assertThat(Workspace.of(stack)).isEqualTo(Workspace.of(stack));
    }

    @Test
    void a_lost_secret_is_not_replaced_while_the_database_made_with_it_exists() throws Exception {
        var stack = new StackDirectory(directory.resolve(".storyreel")).made();
        Secret.of(stack);
        Files.createDirectory(stack.postgres());
        Files.delete(stack.root().resolve("secret"));

        assertThatThrownBy(() -> Secret.of(stack)).hasMessageContaining("Put the file back");
    }
}
