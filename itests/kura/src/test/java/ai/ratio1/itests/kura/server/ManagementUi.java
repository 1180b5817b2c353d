package ai.ratio1.itests.kura.server;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.servlet.context.ServletContextHelper;

/**
 * A web admin as that of Kura 6 looks to others: two contexts at the root, named anew whenever it
 * opens them. One is for everybody and answers whatever nobody else does; the other lets those
 * alone through who have logged in, and answers 401 to the rest.
 */
final class ManagementUi implements Consumer<Boolean> {

  private static final String ROOT = "/";
  private static final String LOGIN = "/admin/login/password";
  private static final String CONSOLE = "/admin/console";
  private static final String PASSWORD = "a password of tests";
  private static final String USER = "user";

  private final List<ServiceRegistration<?>> registered = new ArrayList<>();
  private final BundleContext bundle;

  ManagementUi(BundleContext bundle) {
    this.bundle = bundle;
  }

  /** Opens it, as after a change of its settings when it is open, or closes it. */
  @Override
  public synchronized void accept(Boolean open) {
    registered.forEach(ServiceRegistration::unregister);
    registered.clear();
    if (open) {
      String resources = context("resourceContext-", new ServletContextHelper() {}, 5);
      servlet(ROOT, new Redirect(), resources);
      String sessions = context("sessionContext-", new Sessions(), 10);
      servlet(LOGIN, new Login(), sessions);
      servlet(CONSOLE, new Console(), sessions);
    }
  }

  private String context(String prefix, ServletContextHelper helper, int ranking) {
    String name = prefix + System.nanoTime();
    Map<String, Object> properties =
        Map.of(
            "osgi.http.whiteboard.context.name",
            name,
            "osgi.http.whiteboard.context.path",
            ROOT,
            "service.ranking",
            ranking);
    registered.add(
        bundle.registerService(ServletContextHelper.class, helper, new Hashtable<>(properties)));
    return name;
  }

  private void servlet(String pattern, Servlet servlet, String context) {
    Map<String, Object> properties =
        Map.of(
            "osgi.http.whiteboard.servlet.pattern",
            pattern,
            "osgi.http.whiteboard.context.select",
            "(osgi.http.whiteboard.context.name=" + context + ")");
    registered.add(bundle.registerService(Servlet.class, servlet, new Hashtable<>(properties)));
  }

  private static final class Sessions extends ServletContextHelper {

    @Override
    public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String path = request.getRequestURI();
      if (path.length() > 1 && path.endsWith("/")) {
        // It goes on all the same.
        response.sendRedirect(path.substring(0, path.length() - 1));
      }
      HttpSession session = request.getSession(false);
      if (path.equals(LOGIN) || session != null && session.getAttribute(USER) != null) {
        return true;
      }
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      if (session != null) {
        session.invalidate();
      }
      return false;
    }
  }

  private static final class Login extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
      if (PASSWORD.equals(request.getParameter("password"))) {
        request.getSession().setAttribute(USER, "admin");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      } else {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      }
    }
  }

  private static final class Console extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain");
      response.getWriter().write("Web admin");
    }
  }

  private static final class Redirect extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getRequestURI().equals(ROOT)) {
        response.sendRedirect(CONSOLE);
      } else {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
      }
    }
  }
}
