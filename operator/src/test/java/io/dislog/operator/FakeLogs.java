package io.dislog.operator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.operator.FakeService.Answer;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The logs of a {@link FakeService}, none of which holds anything: what each says itself, by its
 * name. Safe for use by many threads.
 */
public final class FakeLogs {

  private static final JsonMapper JSON = new JsonMapper();

  private final NavigableMap<String, ObjectNode> configs = new ConcurrentSkipListMap<>();
  private final List<String> changes = new CopyOnWriteArrayList<>();

  /** Has some logs be there that say nothing themselves. */
  public void add(int count) {
    for (int log = 0; log < count; log++) {
      configs.put("log-%05d".formatted(log), JSON.createObjectNode());
    }
  }

  /** Has a log go, as it does when it expires. */
  void expire(String log) {
    configs.remove(log);
  }

  /** What a log says itself; nothing where it is not there. */
  String config(String log) {
    return String.valueOf(configs.get(log));
  }

  /** What was asked that changes a log: the method, its name and what was sent. */
  List<String> changes() {
    return changes;
  }

  /** As a node does, the next page that a request asks for. */
  String page(String request) {
    int limit = Integer.parseInt(word(request, "limit=([0-9]+)", "100"));
    NavigableMap<String, ObjectNode> rest =
        configs.tailMap(word(request, "after=([^&]+)", ""), false);
    List<String> names = rest.keySet().stream().limit(limit).toList();
    String logs =
        names.stream()
            .map("{\"name\":\"%s\",\"config\":{}}"::formatted)
            .collect(Collectors.joining(","));
    String next = rest.size() > names.size() ? ",\"next\":\"%s\"".formatted(names.getLast()) : "";
    return "{\"logs\":[%s]%s}".formatted(logs, next);
  }

  private static String word(String request, String pattern, String otherwise) {
    Matcher matcher = Pattern.compile(pattern).matcher(request);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  /** What is said to a request about one log. */
  Answer answer(String method, String log, byte[] body) throws IOException {
    if (!method.equals("GET")) {
      ObjectNode sent = (ObjectNode) JSON.readTree(body);
      changes.add("%s %s %s".formatted(method, log, sent));
      if (method.equals("PUT")) {
        configs.putIfAbsent(log, sent);
      }
    }
    ObjectNode config = configs.get(log);
    return config == null
        ? new Answer(404, "{\"type\":\"/problems/unknown-log\"}")
        : new Answer(200, "{\"name\":\"%s\",\"config\":%s}".formatted(log, config));
  }
}
