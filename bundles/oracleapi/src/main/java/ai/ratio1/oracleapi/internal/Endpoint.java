package ai.ratio1.oracleapi.internal;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import java.util.Set;
import java.util.function.Function;

/**
 * One path of the oracle interface.
 *
 * @param path the path
 * @param method the one method it answers
 * @param answer what it answers
 */
record Endpoint(String path, String method, Function<Request, Response> answer) implements Door {

  @Override
  public Audience audience() {
    return Audience.PUBLIC;
  }

  @Override
  public Set<String> methods() {
    return Set.of(method);
  }

  @Override
  public Response handle(Request request) {
    return answer.apply(request);
  }
}
