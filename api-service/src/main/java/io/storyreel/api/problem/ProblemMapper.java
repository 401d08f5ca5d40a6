package io.storyreel.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import java.util.Set;

/** Every failure of a resource leaves through here. */
public class ProblemMapper {
    private final ProblemAnswer answer;
    private final KnownAddresses addresses;

    public ProblemMapper(ProblemAnswer answer, KnownAddresses addresses) {
        this.answer = answer;
        this.addresses = addresses;
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
        String path = request.getUriInfo().getPath();
        if (failure instanceof NotFoundException || failure instanceof NotAllowedException) {
            Set<String> methods = addresses.methodsOf(path);
            if (!methods.isEmpty() && !methods.contains(request.getMethod())) {
                return refused(request.getMethod(), methods);
            }
        }
        Problem problem = answer.problemOf(failure, request.getMethod() + " " + path);
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        ProblemAnswer.headersOf(problem).forEach(response::header);
        return response.build();
    }

    private static Response refused(String method, Set<String> known) {
        return Response.status(Response.Status.METHOD_NOT_ALLOWED)
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.ALLOW, String.join(", ", known))
                .entity(ProblemAnswer.wrongMethod(method, known))
                .build();
    }
}
