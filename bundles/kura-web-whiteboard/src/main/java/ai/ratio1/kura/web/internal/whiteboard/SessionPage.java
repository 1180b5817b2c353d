package ai.ratio1.kura.web.internal.whiteboard;

import ai.ratio1.http.Door;
import ai.ratio1.http.Response;
import ai.ratio1.kura.web.internal.core.Page;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.annotations.RequireHttpWhiteboard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the node's page in the context of the web admin's sessions, and in no other. That context
 * lets nobody through who has not logged in; where there is none, nobody sees the page.
 */
@Component(
    name = "ai.ratio1.kura.web",
    service = Servlet.class,
    property = {
      HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME + "=ai.ratio1.page",
      HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=" + Page.PATH + "/*",
      HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_SELECT + "=" + SessionPage.SESSIONS
    })
@RequireHttpWhiteboard
public final class SessionPage extends HttpServlet {

  /** Kura gives the context a new name whenever it opens it; the name begins with this. */
  static final String SESSIONS =
      "(" + HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_NAME + "=sessionContext-*)";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SessionPage.class);

  private final transient Page page =
      new Page(
          this::doors, (path, e) -> LOG.error("The part {} of the node's page failed.", path, e));

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private transient volatile List<Door> doors = List.of();

  private List<Door> doors() {
    return doors;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Response answer =
        page.answer(
            request.getMethod().toUpperCase(Locale.ROOT),
            Objects.requireNonNullElse(request.getPathInfo(), ""),
            request.getRemoteAddr());
    response.setStatus(answer.status());
    Page.headers(answer, request.isSecure()).forEach(response::setHeader);
    response.setContentType(answer.contentType());
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }
}
