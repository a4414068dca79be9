package io.dislog.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of the API server that counts what it asks; safe for use by many threads. */
final class RequestCount implements Interceptor, AutoCloseable {

  private final AtomicInteger requests = new AtomicInteger();
  private final KubernetesClient client;

  RequestCount(KubernetesClient client) {
    this.client =
        new KubernetesClientBuilder()
            .withConfig(client.getConfiguration())
            .withHttpClientBuilderConsumer(
                builder -> builder.addOrReplaceInterceptor("count", this))
            .build();
  }

  KubernetesClient client() {
    return client;
  }

  int get() {
    return requests.get();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    requests.incrementAndGet();
  }

  @Override
  public void close() {
    client.close();
  }
}
