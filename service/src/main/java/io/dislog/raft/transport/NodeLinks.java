package io.dislog.raft.transport;

import io.dislog.access.node.NodeProof;
import io.dislog.access.tls.NodeTls;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import tlschannel.ClientTlsChannel;
import tlschannel.HeapBufferAllocator;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;
import tlschannel.TlsChannelBuilder;

/** Begins TLS on sockets of nodes, where they have it. Blocks. Stateless. */
final class NodeLinks {

  /** How a record of TLS begins that shakes hands. */
  private static final int HANDSHAKE = 0x16;

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private NodeLinks() {}

  /** A link, and what has to be shown over it. */
  record Begun(Link link, NodeProof proof) {}

  /** Of a node that connects, without TLS. */
  static Begun plain(Self self, SocketChannel socket) {
    return new Begun(Link.plain(socket, socket), self.proof());
  }

  /** Of a node that connects. */
  static Begun connect(Self self, NodeTls tls, SocketChannel socket) throws IOException {
    return shaken(
        self,
        socket,
        built(ClientTlsChannel.newBuilder(socket, engine(tls.files().context(), true))).build());
  }

  /** Of a node that another one has connected to. */
  static Begun accept(Self self, SocketChannel socket) throws IOException {
    Opened opened = new Opened(socket);
    int first = opened.first();
    if (first < 0) {
      throw new EOFException("the other end has closed the connection and said nothing");
    }
    boolean isTls = first == HANDSHAKE;
    if (self.tls().isEmpty()) {
      if (isTls) {
        throw new Mismatch("the other end speaks TLS, and this node has no dislog.tls.nodes");
      }
      return new Begun(Link.plain(socket, opened), self.proof());
    }
    NodeTls tls = self.tls().get();
    if (isTls) {
      return shaken(self, socket, server(tls, opened));
    }
    if (!tls.isOptional()) {
      throw new Mismatch("the other end does not speak TLS, and this node nothing else");
    }
    return new Begun(Link.plain(socket, opened), self.proof());
  }

  private static TlsChannel server(NodeTls tls, ByteChannel opened) {
    return built(
            ServerTlsChannel.newBuilder(opened, tls.files().context())
                .withEngineFactory(context -> engine(context, false)))
        .build();
  }

  /** In the heap, where what a stranger takes is freed by itself. */
  private static <T extends TlsChannelBuilder<T>> T built(T builder) {
    return builder
        .withPlainBufferAllocator(new HeapBufferAllocator())
        .withEncryptedBufferAllocator(new HeapBufferAllocator());
  }

  private static SSLEngine engine(SSLContext context, boolean isClient) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(isClient);
    engine.setEnabledProtocols(PROTOCOLS);
    if (!isClient) {
      engine.setNeedClientAuth(true);
    }
    return engine;
  }

  private static Begun shaken(Self self, SocketChannel socket, TlsChannel tls) throws IOException {
    tls.handshake();
    X509Certificate shown = certificate(tls.getSslEngine());
    return new Begun(Link.tls(socket, tls), new CertificateProof(shown, self.hosts()));
  }

  private static X509Certificate certificate(SSLEngine engine) throws Mismatch {
    try {
      return (X509Certificate) engine.getSession().getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException e) {
      throw new Mismatch("the other end has no certificate");
    }
  }
}
