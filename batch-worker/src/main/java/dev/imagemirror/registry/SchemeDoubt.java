package dev.imagemirror.registry;

import dev.imagemirror.registry.http.Retries;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Whether a failure may mean that a registry whose scheme is not proven yet speaks the other one. */
final class SchemeDoubt {
    private SchemeDoubt() {}

    /** True if a request without a response may get one by the other scheme. */
    static boolean isRaisedBy(IOException failure, RegistryAddress address) {
        boolean other = address.isPlainHttp() ? !isUnreachable(failure) : Retries.isNoTls(failure);
        return address.isUnproven() && other;
    }

    /**
     * True if a 400 to plain HTTP may come from a TLS server.
     *
     * @param detail from its body
     */
    static boolean isRaisedByBadRequest(String detail, RegistryAddress address) {
        boolean suspect = address.isUnproven() && address.isPlainHttp();
        return suspect && (detail.isEmpty() || StatusErrors.isTlsExpected(detail));
    }

    private static boolean isUnreachable(IOException failure) {
        return failure instanceof RegistryException // not allowed
                || failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof SocketTimeoutException
                || failure instanceof UnknownHostException;
    }
}
