package io.dislog.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Through the API server, which knows the way to every Service: where this machine has none. Slower
 * than users have it. Thread-safe.
 */
final class ProxyDoor implements Door {

  private static final long PATIENCE_SECONDS = 5;

  private final KubernetesClient client;
  private final String base;

  ProxyDoor(KubernetesClient client, String namespace, String service) {
    this.client = client;
    base =
        "%sapi/v1/namespaces/%s/services/%s:http/proxy"
            .formatted(client.getMasterUrl(), namespace, service);
  }

  @Override
  public Answer send(String method, String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        client.getHttpClient().newHttpRequestBuilder().uri(URI.create(base + path));
    request.method(method, headers.getOrDefault("Content-Type", "text/plain"), body);
    headers.forEach(request::header);
    try {
      HttpResponse<String> answer =
          client
              .getHttpClient()
              .sendAsync(request.build(), String.class)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Answer(answer.code(), answer.body());
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    }
  }
}
