package io.dislog.operator;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubeapitest.KubeAPITestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link ApiServer}, by a parameter. Where its executables are not to be had they
 * are skipped, and {@value #NOTE} says so in one line, which {@code ./dislog test} ends with; where
 * they ran that file says against what. Called by JUnit alone.
 */
public final class ApiServerExtension implements BeforeAllCallback, ParameterResolver {

  private static final Path NOTE = Path.of("target", "api-server-tests");
  private static final Namespace NAMESPACE = Namespace.create(ApiServerExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    Started started = started(context);
    Assumptions.assumeTrue(started.server != null, started.note);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ApiServer.class;
  }

  @Override
  public ApiServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return requireNonNull(started(context).server);
  }

  /** The JVM's one, which ends with it. */
  private static Started started(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Started.class, key -> Started.now(), Started.class);
  }

  /** The server, or null and why there is none. */
  private record Started(@Nullable ApiServer server, String note) implements AutoCloseable {

    static Started now() {
      Started started = tried();
      try {
        Files.createDirectories(NOTE.getParent());
        Files.writeString(NOTE, started.note + System.lineSeparator());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      return started;
    }

    private static Started tried() {
      try {
        ApiServer server = ApiServer.start();
        String version = server.client().getKubernetesVersion().getGitVersion();
        return new Started(server, "The tests against a Kubernetes API server ran, on " + version);
      } catch (KubeAPITestException e) {
        if (ApiServer.isProvided()) {
          throw e;
        }
        return new Started(
            null,
            "The tests against a Kubernetes API server were SKIPPED: its executables could not be"
                + " downloaded (%s). To run them, let KUBE_API_TEST_DIR name a folder with k8s/VERSION-PLATFORM/{etcd,kube-apiserver,kubectl}"
                    .formatted(e.getMessage()));
      }
    }

    @Override
    public void close() throws IOException {
      if (server != null) {
        server.close();
      }
    }
  }
}
