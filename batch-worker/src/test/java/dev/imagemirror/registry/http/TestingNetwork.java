package dev.imagemirror.registry.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.DnsResolver;

/**
 * A network of names and addresses that reaches servers of this machine only: whatever address is connected to is noted,
 * and leads to the server that stands for it or nowhere.
 */
public final class TestingNetwork implements DnsResolver {
    private final Map<String, Deque<List<InetAddress>>> names = new HashMap<>();
    private final Map<InetSocketAddress, Integer> servers = new HashMap<>();
    private final List<String> connections = new CopyOnWriteArrayList<>();

    /** The name has these addresses; said again, they are the answer to the next question, the last ones stay. */
    public TestingNetwork name(String name, String... addresses) {
        names.computeIfAbsent(name, any -> new ArrayDeque<>())
                .add(Arrays.stream(addresses).map(TestingNetwork::address).toList());
        return this;
    }

    /** What is connected to at that address is the server at a port of this machine. */
    public TestingNetwork server(String address, int port, int localPort) {
        servers.put(new InetSocketAddress(address(address), port), localPort);
        return this;
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    /** Each address that was connected to, with its port, in order. */
    public List<String> connections() {
        return List.copyOf(connections);
    }

    /** This network as a client takes it. */
    public Network network() {
        return new Network(this, proxy -> new Connection());
    }

    @Override
    public synchronized InetAddress[] resolve(String host) throws UnknownHostException {
        Optional<InetAddress> literal = IpLiteral.parse(host);
        if (literal.isPresent()) {
            return new InetAddress[] {literal.get()};
        }
        Deque<List<InetAddress>> answers = names.get(host);
        if (answers == null) {
            throw new UnknownHostException(host);
        }
        List<InetAddress> answer = answers.size() > 1 ? answers.poll() : answers.peek();
        return answer.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** Connects to this machine and says that it is where it was sent. */
    private final class Connection extends Socket {
        private SocketAddress pretended;

        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
            InetSocketAddress wanted = (InetSocketAddress) address;
            connections.add(wanted.getAddress().getHostAddress() + ":" + wanted.getPort());
            Integer local = servers.get(new InetSocketAddress(wanted.getAddress(), wanted.getPort()));
            if (local == null) {
                throw new ConnectException("nobody is there");
            }
            super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), local), timeout);
            pretended = address;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return pretended;
        }

        @Override
        public InetAddress getInetAddress() {
            return pretended == null ? null : ((InetSocketAddress) pretended).getAddress();
        }
    }
}
