package io.dislog.raft.rpc;

import io.dislog.raft.transport.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedInputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.CodedOutputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.thirdparty.com.google.protobuf.Parser;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** One of Ratis' messages as a frame carries it. Immutable. */
record ProtoBody(MessageLite message) implements Payload {

  @Override
  public int size() {
    return message.getSerializedSize();
  }

  @Override
  public void writeTo(ByteBuffer to) throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(to);
    message.writeTo(out);
    out.flush();
  }

  /** Reads a message that shares the bytes, which nobody may change any more. */
  static <M> M read(ByteBuffer from, Parser<M> parser) throws IOException {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(from).newCodedInput();
    in.enableAliasing(true);
    return parser.parseFrom(in);
  }
}
