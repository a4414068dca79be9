package io.dislog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfig;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real Kubernetes API server with the definitions in {@code crds/} and without controllers or
 * nodes: what is applied is checked, defaulted and kept, and nothing happens to it. One for all
 * tests of a JVM, which keep apart by namespaces. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {

  /** The executables' place, where the environment names one; otherwise they are downloaded. */
  private static final String EXECUTABLES = "KUBE_API_TEST_DIR";

  private static final Path DEFINITIONS = Path.of("..", "crds");

  private final KubeAPIServer server;
  private final Path kubectl;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final AtomicInteger namespaces = new AtomicInteger();

  private ApiServer(KubeAPIServerConfig config, Path kubectl) throws IOException {
    this.kubectl = kubectl;
    server = new KubeAPIServer(config);
    server.start();
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
            .withStartupTimeout(60_000)
            .build();
    BinaryManager executables = new BinaryManager(config);
    executables.initAndDownloadIfRequired();
    try {
      return new ApiServer(config, executables.binaries().getKubectl().toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  /** A namespace that nobody else has. */
  public String newNamespace() {
    String name = "test-" + namespaces.incrementAndGet();
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  /** What kubectl, as administrator, prints when it is called so, or complains of. */
  public String kubectl(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder(kubectl.toString());
    command.command().addAll(List.of(arguments));
    command.environment().put("KUBECONFIG", kubeconfig.toString());
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  @Override
  public void close() {
    client.close();
    server.stop();
  }

  private Config adminConfig() {
    return Config.fromKubeconfig(server.getKubeConfigYaml());
  }

  private void applyDefinitions() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(DEFINITIONS, "*.dislog.io-v1.yml")) {
      for (Path file : files) {
        var definition =
            client.resource(Files.readString(file)).fieldManager("dislog-tests").serverSideApply();
        client
            .resources(CustomResourceDefinition.class)
            .withName(definition.getMetadata().getName())
            .waitUntilCondition(ApiServer::isServed, 30, TimeUnit.SECONDS);
      }
    }
  }

  private static boolean isServed(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && requireNonNull(definition.getStatus().getConditions()).stream()
            .anyMatch(condition ->
                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
  }
}
