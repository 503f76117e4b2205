package dev.seonchak.lab.http;

import dev.seonchak.lab.load.Latencies;
import dev.seonchak.lab.load.Percentiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections busy from one thread: each sends a request, and sends the next as soon as the
 * whole answer is there, or when a rate says so. One write and one read per request, and no object.
 *
 * <p>At a rate, how long a request takes counts from the moment at which it was to be sent, even
 * when no connection was free then.
 */
final class Load implements AutoCloseable {
  private static final int CREATED = 201;
  private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SEQUENCE = "\"sequence\":".getBytes(StandardCharsets.US_ASCII);

  /** Counted where a status is counted, when the connection ended before the answer. */
  private static final int NO_ANSWER = 0;

  private static final long SILENCE_MAX_NANOS = 10_000_000_000L;

  private final Requests requests;
  private final LoadClient.Order order;
  private final InetSocketAddress server;
  private final Answers answers = new Answers();
  private final Selector selector = Selector.open();
  private final List<Link> links = new ArrayList<>();
  private final Deque<Link> free = new ArrayDeque<>();
  private final ByteBuffer out = ByteBuffer.allocateDirect(16 << 10);
  private final RandomGenerator random = RandomGeneratorFactory.getDefault().create();
  private final Latencies latencies = new Latencies();
  private final long[] statuses = new long[600];
  private long bytes;
  private long inTime;
  private int nextAccount;
  private int waiting;
  private long nanosBetween;
  private long due;
  private long end;

  /** Since when the server owes an answer and has given none. */
  private long lastAnswer;

  private String example = "";
  private boolean isExampleWrong;

  /**
   * @param requests what stands in the order's file
   */
  Load(Requests requests, LoadClient.Order order) throws IOException {
    this.requests = requests;
    this.order = order;
    server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), order.port());
    for (int i = 0; i < order.connections(); i++) {
      Link link = new Link();
      open(link);
      links.add(link);
    }
  }

  private void open(Link link) throws IOException {
    if (link.channel != null) {
      link.channel.close();
    }
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, link);
    link.channel = channel;
  }

  /**
   * What came of it.
   *
   * @param perSecond answers that count and arrived in time, by the seconds
   * @param statuses how many answers had which status
   * @param bytesPerAnswer heads included
   * @param cpuMicrosPerRequest of this process
   * @param latencies of the answers that count
   * @param example an answer, of those that do not count if there are any
   */
  record Result(
      double perSecond,
      Map<Integer, Long> statuses,
      double bytesPerAnswer,
      double cpuMicrosPerRequest,
      Percentiles latencies,
      String example) {}

  Result run() throws IOException {
    long cpuBefore = cpuNanos();
    long start = System.nanoTime();
    end = start + (long) (order.seconds() * 1e9);
    nanosBetween = order.perSecond() == 0 ? 0 : (long) (1e9 / order.perSecond());
    due = start;
    for (Link link : links) {
      go(link, System.nanoTime());
    }
    while (waiting > 0 || isMoreDue()) {
      // At a rate, what falls due within a millisecond is sent together.
      selector.select(this::ready, nanosBetween == 0 ? 1_000 : 1);
      sendDue();
      if (waiting > 0 && System.nanoTime() - lastAnswer > SILENCE_MAX_NANOS) {
        throw new IOException("no answer for 10 s, " + waiting + " are waited for");
      }
    }
    double cpu = (cpuNanos() - cpuBefore) / 1e3;
    if (areAnswersKept()) {
      answers.write(Path.of(order.answers()));
    }
    return result(order.seconds(), cpu);
  }

  private Result result(double seconds, double cpuMicros) {
    Map<Integer, Long> counted = new TreeMap<>();
    long all = 0;
    for (int status = 0; status < statuses.length; status++) {
      if (statuses[status] > 0) {
        counted.put(status, statuses[status]);
        all += statuses[status];
      }
    }
    return new Result(
        inTime / seconds,
        counted,
        (double) bytes / all,
        cpuMicros / all,
        Percentiles.of(latencies),
        example);
  }

  private static long cpuNanos() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean ours
        ? ours.getProcessCpuTime()
        : 0;
  }

  private boolean areAnswersKept() {
    return !order.answers().isEmpty();
  }

  private boolean isMoreDue() {
    return nanosBetween > 0 && due - end < 0;
  }

  private void sendDue() throws IOException {
    while (isMoreDue() && !free.isEmpty() && due - System.nanoTime() <= 0) {
      send(free.removeFirst(), due);
      due += nanosBetween;
    }
  }

  /** What a connection does that has nothing on its way. */
  private void go(Link link, long now) throws IOException {
    if (nanosBetween > 0) {
      free.addLast(link);
    } else if (now - end < 0) {
      send(link, now);
    }
  }

  private void send(Link link, long sentAt) throws IOException {
    link.account = nextAccount;
    nextAccount = (nextAccount + 1) % requests.bytes().size();
    link.keyHigh = random.nextLong();
    link.keyLow = random.nextLong();
    out.clear();
    out.put(requests.bytes().get(link.account));
    putKey(requests.keyAt().get(link.account), link.keyHigh, link.keyLow);
    out.flip();
    link.answer.clear();
    link.sentAt = sentAt;
    if (waiting++ == 0) {
      lastAnswer = System.nanoTime();
    }
    while (out.hasRemaining()) {
      link.channel().write(out);
    }
  }

  /** The 36 characters of a UUID. */
  private void putKey(int at, long high, long low) {
    int index = at;
    for (int i = 0; i < 32; i++) {
      if (i == 8 || i == 12 || i == 16 || i == 20) {
        out.put(index++, (byte) '-');
      }
      long half = i < 16 ? high : low;
      int digit = (int) (half >>> (60 - 4 * (i % 16))) & 0xF;
      out.put(index++, (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10));
    }
  }

  private void ready(SelectionKey key) {
    Link link = (Link) key.attachment();
    try {
      if (link.channel().read(link.answer.buffer()) < 0) {
        open(link);
        statuses[NO_ANSWER]++;
        next(link, System.nanoTime());
      } else if (link.answer.isWhole()) {
        answered(link);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answered(Link link) throws IOException {
    long now = System.nanoTime();
    int status = link.answer.status();
    statuses[status]++;
    bytes += link.answer.length();
    if (status == order.status()) {
      latencies.add(now - link.sentAt);
      inTime += now - end <= 0 ? 1 : 0;
    } else if (!isExampleWrong) {
      example = link.answer.text();
      isExampleWrong = true;
    }
    if (example.isEmpty()) {
      example = link.answer.text();
    }
    if (status == CREATED && areAnswersKept()) {
      UUID held = link.answer.uuidAfter(ID);
      answers.add(link.account, link.keyHigh, link.keyLow, held, link.answer.numberAfter(SEQUENCE));
    }
    if (link.answer.isLastOfConnection()) {
      open(link);
    }
    next(link, now);
  }

  private void next(Link link, long now) throws IOException {
    waiting--;
    lastAnswer = now;
    go(link, now);
  }

  /** A connection and the request that is on its way. */
  private static final class Link {
    private @Nullable SocketChannel channel;
    private final ResponseReader answer = new ResponseReader();
    private int account;
    private long keyHigh;
    private long keyLow;
    private long sentAt;

    SocketChannel channel() {
      return Objects.requireNonNull(channel);
    }
  }

  @Override
  public void close() throws IOException {
    for (Link link : links) {
      link.channel().close();
    }
    selector.close();
  }
}
