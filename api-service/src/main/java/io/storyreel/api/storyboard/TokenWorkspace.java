package io.storyreel.api.storyboard;

import io.storyreel.api.auth.Caller;
import io.storyreel.api.page.Parameters;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;

import java.util.List;
import java.util.UUID;

/** The workspace that is meant where the address names none. */
final class TokenWorkspace {
    private static final String PARAMETER = "workspace_id";

    private TokenWorkspace() {}

    /** @param wanted as the client sent it; null: the one that the token opens */
    static UUID of(Caller caller, String wanted) {
        UUID named = Parameters.id(PARAMETER, wanted);
        if (named != null) {
            return requireEntry(caller, named);
        }
        if (caller.workspaces().isEmpty()) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The token opens no workspace; get one that does.");
        }
        if (caller.workspaces().size() > 1) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The token opens " + caller.workspaces().size()
                            + " workspaces: say which is meant with ?workspace_id=.",
                    List.of(new Violation(PARAMETER, "is missing: name one of the token's workspaces")));
        }
        return caller.workspaces().iterator().next();
    }

    private static UUID requireEntry(Caller caller, UUID workspace) {
        if (!caller.mayEnter(workspace)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no workspace " + workspace + ".");
        }
        return workspace;
    }
}
