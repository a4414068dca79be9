package io.dislog.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A client of the API server that counts what it asks; safe for use by many threads. */
final class RequestCount implements Interceptor, AutoCloseable {

  private static final Pattern NAMESPACE = Pattern.compile("/namespaces/[^/]+/");

  private final AtomicInteger requests = new AtomicInteger();
  private final Map<String, Integer> kinds = new ConcurrentHashMap<>();
  private final Queue<String> changes = new ConcurrentLinkedQueue<>();
  private final KubernetesClient client;

  RequestCount(KubernetesClient client) {
    this.client = ApiServer.intercepted(client.getConfiguration(), this);
  }

  KubernetesClient client() {
    return client;
  }

  int get() {
    return requests.get();
  }

  /** How many of each method and path there were, wherever their namespaces. */
  Map<String, Integer> kinds() {
    return new TreeMap<>(kinds);
  }

  /** Methods and paths of those that change something, a kind of object by its path. */
  List<String> changes(String kind) {
    return changes.stream().filter(change -> change.contains("/" + kind)).toList();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    requests.incrementAndGet();
    String path = NAMESPACE.matcher(request.uri().getPath()).replaceFirst("/namespaces/*/");
    kinds.merge(request.method() + " " + path, 1, Integer::sum);
    if (!request.method().equals("GET")) {
      changes.add(request.method() + " " + request.uri().getPath());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
