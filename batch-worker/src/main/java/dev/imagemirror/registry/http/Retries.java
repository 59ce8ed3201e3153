package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs attempts until one succeeds, fails permanently or the policy's tries are used up. Thread-safe. */
public final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    /** One try. */
    @FunctionalInterface
    public interface Attempt<T> {
        T run() throws IOException;
    }

    private final RetryPolicy policy;
    private final HostBackoff hosts;

    public Retries(RetryPolicy policy) {
        this.policy = policy;
        this.hosts = new HostBackoff(policy.clock());
    }

    /** Attempts as often as the policy allows. */
    public <T> T run(String host, Attempt<T> attempt) throws RegistryException {
        return run(host, Integer.MAX_VALUE, attempt);
    }

    /**
     * Attempts at most {@code maxTries} times, waiting while the host is rate limiting. Throttled attempts count only
     * against the policy, since they say nothing about the request.
     */
    public <T> T run(String host, int maxTries, Attempt<T> attempt) throws RegistryException {
        return run(host, maxTries, policy.attempts(), attempt);
    }

    /** Attempts once, as soon as the host accepts requests. */
    public <T> T runOnce(String host, Attempt<T> attempt) throws RegistryException {
        return run(host, 1, 1, attempt);
    }

    private <T> T run(String host, int maxTries, int maxThrottled, Attempt<T> attempt) throws RegistryException {
        int limit = Math.min(maxThrottled, policy.attempts());
        int tries = 0;
        for (int failures = 1; ; failures++) {
            policy.await(hosts.delay(host));
            try {
                return attempt.run();
            } catch (IOException e) {
                RegistryException error = typed(host, e);
                Duration delay = policy.delay(failures, error);
                error.retryAfter().ifPresent(asked -> holdBack(host, asked, delay));
                tries += error.isThrottled() ? 0 : 1;
                boolean last = tries >= maxTries || failures >= limit || delay.compareTo(policy.maxDelay()) > 0;
                if (last || isLasting(error, e)) {
                    throw error;
                }
                LOG.debug(
                        "attempt {} of {} failed; retrying in {} ms: {}",
                        failures,
                        limit,
                        delay.toMillis(),
                        e.toString());
                policy.await(delay);
            }
        }
    }

    /** A delay requested for one request applies to all requests to the host. */
    private void holdBack(String host, Duration asked, Duration delay) {
        Duration wait = asked.isZero() ? delay : asked;
        hosts.holdBack(host, wait.compareTo(policy.maxDelay()) < 0 ? wait : policy.maxDelay());
    }

    private static boolean isLasting(RegistryException error, IOException cause) {
        return error.kind() != ErrorKind.TEMPORARY || error.isTokenFailure() || isHandshakeFault(cause);
    }

    /** A failed handshake fails again, unless the connection broke. */
    private static boolean isHandshakeFault(Throwable e) {
        return isCertificateFault(e) || (isNoTls(e) && !isBrokenOff(e));
    }

    /** True if the peer responded to a TLS handshake with something else, such as plain HTTP, or hung up. */
    public static boolean isNoTls(Throwable e) {
        return e instanceof SSLException
                && (isBrokenOff(e) || String.valueOf(e.getMessage()).contains("unrecognized SSL message"));
    }

    private static boolean isBrokenOff(Throwable e) {
        return e.getCause() instanceof EOFException;
    }

    private static boolean isCertificateFault(Throwable e) {
        return (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) && !isBrokenOff(e);
    }

    /** A parser's message is not shown: it quotes what it cannot parse. */
    private static String words(IOException e) {
        if (e.getCause() instanceof ParseException) {
            return "the server does not speak HTTP";
        }
        if (e instanceof UnknownHostException) {
            return "host name cannot be resolved";
        }
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }

    private static RegistryException typed(String host, IOException e) {
        if (e instanceof RegistryException typed) {
            return typed;
        }
        String what = words(e);
        String advice = isCertificateFault(e)
                ? "; if its certificate is from a private authority, name that by --ca-file or MIRROR_CA_FILES"
                : "";
        return RegistryException.unanswered("connection to " + host + " failed: " + what + advice, e);
    }
}
