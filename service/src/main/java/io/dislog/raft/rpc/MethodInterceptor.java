package io.dislog.raft.rpc;

import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;

/** Looks into the calls of one method, and lets all others pass. */
abstract class MethodInterceptor implements ServerInterceptor {

  private final String method;

  MethodInterceptor(MethodDescriptor<?, ?> method) {
    this.method = method.getFullMethodName();
  }

  @Override
  public final <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return call.getMethodDescriptor().getFullMethodName().equals(method)
        ? intercepted(call, listener)
        : listener;
  }

  /** What hears a call of that method in the listener's place. */
  abstract <Q> ServerCall.Listener<Q> intercepted(
      ServerCall<Q, ?> call, ServerCall.Listener<Q> listener);
}
