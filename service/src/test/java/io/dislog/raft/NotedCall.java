package io.dislog.raft;

import java.util.List;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.Status;

/** A call of another node's, of which is noted down what goes out. */
public final class NotedCall<Q, A> extends ServerCall<Q, A> {

  private final MethodDescriptor<Q, A> method;
  private final List<String> story;

  public NotedCall(MethodDescriptor<Q, A> method, List<String> story) {
    this.method = method;
    this.story = story;
  }

  @Override
  public void sendMessage(A reply) {
    story.add("answers");
  }

  @Override
  public void close(Status status, Metadata trailers) {
    story.add("ends " + status.getCode());
  }

  @Override
  public MethodDescriptor<Q, A> getMethodDescriptor() {
    return method;
  }

  @Override
  public void request(int count) {}

  @Override
  public void sendHeaders(Metadata headers) {}

  @Override
  public boolean isCancelled() {
    return false;
  }
}
