package ai.ratio1.http.internal.servlet;

import ai.ratio1.http.internal.core.Answer;
import ai.ratio1.http.internal.core.Body;
import ai.ratio1.http.internal.core.Call;
import ai.ratio1.http.internal.core.Gate;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Carries requests from a Jakarta servlet container to the gate, and answers back. */
public final class DoorServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<Gate> gate;
  private final transient LongSupplier bodyNanos;

  /**
   * A servlet for any number of paths.
   *
   * @param gate the gate of the moment
   * @param bodyNanos longest time for a whole body, in nanoseconds
   */
  public DoorServlet(Supplier<Gate> gate, LongSupplier bodyNanos) {
    this.gate = gate;
    this.bodyNanos = bodyNanos;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long start = System.nanoTime();
    long most = bodyNanos.getAsLong();
    Body body = Body.of(request.getInputStream(), () -> System.nanoTime() - start > most);
    write(gate.get().answer(call(request), body), request, response);
  }

  private static Call call(HttpServletRequest request) throws IOException {
    // The container gives a numeric address, so nothing is looked up here.
    InetAddress remote = InetAddress.getByName(request.getRemoteAddr());
    String below = request.getPathInfo();
    return new Call(
        request.getMethod(),
        request.getServletPath() + (below == null ? "" : below),
        Optional.ofNullable(request.getQueryString()),
        remote.getHostAddress(),
        remote.isLoopbackAddress(),
        Optional.ofNullable(request.getHeader("Host")),
        Optional.ofNullable(request.getHeader("Origin")),
        Optional.ofNullable(request.getHeader("Authorization")),
        request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null,
        request.getContentLengthLong());
  }

  private static void write(Answer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.response().status());
    answer.headers(request.isSecure()).forEach(response::setHeader);
    response.setContentType(answer.response().contentType());
    response.setContentLength(answer.response().body().length);
    response.getOutputStream().write(answer.response().body());
  }
}
