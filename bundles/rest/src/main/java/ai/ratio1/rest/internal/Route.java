package ai.ratio1.rest.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import java.util.Set;
import java.util.function.Function;

/** One path of the REST face. */
record Route(
    String path, Audience audience, Set<String> methods, Function<Request, Response> answer)
    implements Door {

  static Route get(String path, Function<Request, Response> answer) {
    return new Route(path, Audience.LOCAL, Set.of("GET"), answer);
  }

  /** Callers' mistakes are problems already; any other failure is a service's, not theirs. */
  @Override
  public Response handle(Request request) {
    try {
      return answer.apply(request);
    } catch (ProblemException e) {
      throw e;
    } catch (R1Exception e) {
      throw new ProblemException(503, e.code(), String.valueOf(e.getMessage()), e.nextStep());
    }
  }
}
