package io.dislog.http.access;

import io.dislog.access.Need;
import io.dislog.http.notation.Route;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each request asks of its sender: every request has a row here, or is refused. */
final class Requirements {

  private static final String ROWS =
      """
      GET    /v1/logs                                             identity
      HEAD   /v1/logs                                             identity
      GET    /v1/logs/{log}                                       read
      HEAD   /v1/logs/{log}                                       read
      PUT    /v1/logs/{log}                                       manage
      PATCH  /v1/logs/{log}                                       manage
      DELETE /v1/logs/{log}                                       manage
      GET    /v1/logs/{log}/records                               read
      HEAD   /v1/logs/{log}/records                               read
      POST   /v1/logs/{log}/records                               append
      DELETE /v1/logs/{log}/records                               manage
      GET    /v1/logs/{log}/records/{offset}                      read
      HEAD   /v1/logs/{log}/records/{offset}                      read
      GET    /v1/logs/{log}/segments                              read
      HEAD   /v1/logs/{log}/segments                              read
      POST   /v1/logs/{log}/segments                              manage
      GET    /v1/logs/{log}/retention/plan                        read
      HEAD   /v1/logs/{log}/retention/plan                        read
      POST   /v1/logs/{log}/retention/plan                        read
      POST   /v1/logs/{log}/retention/run                         manage
      GET    /v1/logs/{log}/consumers                             read
      HEAD   /v1/logs/{log}/consumers                             read
      GET    /v1/logs/{log}/consumers/{name}                      read
      HEAD   /v1/logs/{log}/consumers/{name}                      read
      PUT    /v1/logs/{log}/consumers/{name}                      consume
      DELETE /v1/logs/{log}/consumers/{name}                      consume
      POST   /v1/logs/{log}/close                                 manage
      GET    /v1/stream/{path}                                    read
      HEAD   /v1/stream/{path}                                    read
      PUT    /v1/stream/{path}                                    manage
      POST   /v1/stream/{path}                                    append
      DELETE /v1/stream/{path}                                    manage
      GET    /v1/defaults                                         identity
      HEAD   /v1/defaults                                         identity
      PATCH  /v1/defaults                                         admin
      GET    /v1/cluster                                          identity
      HEAD   /v1/cluster                                          identity
      GET    /v1/cluster/nodes/{id}                               identity
      HEAD   /v1/cluster/nodes/{id}                               identity
      PUT    /v1/cluster/nodes/{id}                               admin
      PATCH  /v1/cluster/nodes/{id}                               admin
      DELETE /v1/cluster/nodes/{id}                               admin
      PUT    /v1/cluster/shards/{id}/leader                       admin
      GET    /v1/cluster/shards/{id}/outline                      node
      HEAD   /v1/cluster/shards/{id}/outline                      node
      GET    /v1/cluster/shards/{id}/logs/{held}/stores/{base}    node
      HEAD   /v1/cluster/shards/{id}/logs/{held}/stores/{base}    node
      POST   /v1/cluster/shards/{id}/logs/{held}/commands         node
      POST   /v1/cluster/shards/{id}/appends                      node
      """;

  private static final Map<String, Map<String, Need>> BY_TEMPLATE = read();

  private Requirements() {}

  /** What a method asks at a path; null where it has no row. */
  static @Nullable Need of(Route route, String method) {
    return BY_TEMPLATE.getOrDefault(route.template(), Map.of()).get(method);
  }

  /** All methods that have a row, by the template of their path. */
  static Map<String, Map<String, Need>> all() {
    return BY_TEMPLATE;
  }

  private static Map<String, Map<String, Need>> read() {
    Map<String, Map<String, Need>> rows = new HashMap<>();
    ROWS.lines()
        .forEach(row -> {
          String[] words = row.split(" +", -1);
          Need need = Need.valueOf(words[2].toUpperCase(Locale.ROOT));
          rows.computeIfAbsent(words[1], path -> new HashMap<>()).put(words[0], need);
        });
    return rows;
  }
}
