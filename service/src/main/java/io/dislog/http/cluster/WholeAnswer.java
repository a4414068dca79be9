package io.dislog.http.cluster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** What another node answered, once all of it is there. */
record WholeAnswer(HttpClientResponse head, Buffer body) {

  static Future<WholeAnswer> of(HttpClientResponse head) {
    return head.body().map(body -> new WholeAnswer(head, body));
  }
}
