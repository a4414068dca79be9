package io.dislog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A real Kubernetes API server with the definitions in {@code crds/} and without controllers or
 * nodes: what is applied is checked, defaulted and kept, and nothing happens to it. One for all
 * tests of a JVM, which keep apart by namespaces. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {

  /** The executables' place, where the environment names one; otherwise they are downloaded. */
  private static final String EXECUTABLES = "KUBE_API_TEST_DIR";

  private static final int TRIES = 3;

  private static final Path DEFINITIONS = Path.of("..", "crds");

  /** Held by the JVM that starts one: all of them make and read the same certificates. */
  private static final Path STARTING = Path.of("target", "api-server.lock");

  private final KubeAPIServer server;
  // Whatever ends the tests: it is two processes that would stay.
  private final Thread stopsServer;
  private final Path kubectl;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final AtomicInteger namespaces = new AtomicInteger();

  private ApiServer(KubeAPIServerConfig config, Path kubectl)
      throws IOException, InterruptedException {
    this.kubectl = kubectl;
    server = new KubeAPIServer(config);
    stopsServer = new Thread(server::stop);
    Runtime.getRuntime().addShutdownHook(stopsServer);
    begin();
    kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
    Files.writeString(kubeconfig, server.getKubeConfigYaml());
    client = new KubernetesClientBuilder().withConfig(adminConfig()).build();
    applyDefinitions();
  }

  /**
   * Starts one.
   *
   * @throws KubeAPITestException where its executables are not to be had
   */
  static ApiServer start() {
    KubeAPIServerConfig config =
        KubeAPIServerConfigBuilder.anAPIServerConfig()
            .withOfflineMode(isProvided())
            .withUpdateKubeConfig(false)
            .withStartupTimeout(180_000)
            .build();
    try (FileChannel starting = FileChannel.open(STARTING, CREATE, WRITE);
        FileLock _ = starting.lock()) {
      BinaryManager executables = new BinaryManager(config);
      executables.initAndDownloadIfRequired();
      return onFreePorts(config, executables.binaries().getKubectl().toPath());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A port that was free may be taken once a process listens there: then there are others. */
  private static ApiServer onFreePorts(KubeAPIServerConfig config, Path kubectl)
      throws IOException, InterruptedException {
    for (int left = TRIES; ; left--) {
      try {
        return new ApiServer(config, kubectl);
      } catch (KubeAPITestException e) {
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  private void begin() {
    try {
      server.start();
    } catch (KubeAPITestException e) {
      Runtime.getRuntime().removeShutdownHook(stopsServer);
      server.stop();
      throw e;
    }
  }

  /** Whether whoever runs the tests brought the executables. */
  static boolean isProvided() {
    return System.getenv(EXECUTABLES) != null;
  }

  /** Its administrator. Whoever asks does not close it. */
  public KubernetesClient client() {
    return client;
  }

  /** Its administrator, at home in a namespace. Whoever asks closes it. */
  KubernetesClient clientIn(String namespace) {
    Config config = new ConfigBuilder(client.getConfiguration()).withNamespace(namespace).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** A client whose requests pass by somebody. Whoever asks closes it. */
  static KubernetesClient intercepted(Config config, Interceptor interceptor) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientBuilderConsumer(builder ->
            builder.addOrReplaceInterceptor(interceptor.getClass().getName(), interceptor))
        .build();
  }

  /** A client that may do what a service account may. Whoever asks closes it. */
  public KubernetesClient clientOf(String namespace, String serviceAccount) {
    Config config =
        new ConfigBuilder(adminConfig())
            .withImpersonateUsername(
                "system:serviceaccount:%s:%s".formatted(namespace, serviceAccount))
            .withImpersonateGroups(
                "system:authenticated",
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Where it is, and its administrator, as kubectl reads it. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** A namespace that nobody else has. */
  public String newNamespace() {
    return Insistence.ask(() -> {
      String name = "test-" + namespaces.incrementAndGet();
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
      return name;
    });
  }

  /** What kubectl, as administrator, prints when it is called so. */
  public String kubectl(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(kubectl.toString());
    command.command().addAll(List.of(arguments));
    command.environment().put("KUBECONFIG", kubeconfig.toString());
    // It would keep for minutes that something is not there yet.
    command.environment().put("KUBECACHEDIR", "/dev/null");
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "kubectl %s: %s".formatted(String.join(" ", arguments), said));
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(stopsServer);
    client.close();
    server.stop();
    Files.delete(kubeconfig);
  }

  private Config adminConfig() {
    return Config.fromKubeconfig(server.getKubeConfigYaml());
  }

  private void applyDefinitions() throws IOException, InterruptedException {
    kubectl("apply", "--server-side", "-k", DEFINITIONS.toString());
    kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=180s");
    awaitDescription("/openapi/v3/apis/dislog.io/v1alpha1");
  }

  /** The API server takes a while longer to tell kubectl of what it serves already. */
  private void awaitDescription(String path) {
    Instant deadline = Instant.now().plusSeconds(180);
    while (client.raw(path) == null) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("The API server does not describe " + path);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }
}
