package io.dislog.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Installs the operator before the tests of a class, whatever the class before did to it. */
final class InstalledOperator implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      new Installation(client, Settings.given()).apply("k8s/operator");
    }
  }
}
