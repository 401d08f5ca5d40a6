package io.storyreel.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of a resource leaves through here. */
public class ProblemMapper {
    private final ProblemAnswer answer;

    public ProblemMapper(ProblemAnswer answer) {
        this.answer = answer;
    }

    // The classes are named one by one because the framework has mappers of its own for some of them, and the most
    // specific one wins.
    @ServerExceptionMapper({
        Throwable.class,
        ProblemException.class,
        WebApplicationException.class,
        ConstraintViolationException.class,
        JsonProcessingException.class,
        MismatchedInputException.class
    })
    public Response map(Throwable failure, ContainerRequestContext request) {
        if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 400) {
            return web.getResponse();
        }
        Problem problem = answer.problemOf(
                failure, request.getMethod() + " " + request.getUriInfo().getPath());
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        ProblemAnswer.headersOf(problem).forEach(response::header);
        return response.build();
    }
}
