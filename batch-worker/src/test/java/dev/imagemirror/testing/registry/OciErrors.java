package dev.imagemirror.testing.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.http.Response;

/** Error answers in the form of the OCI distribution specification, "Error Codes". */
public final class OciErrors {
    private OciErrors() {}

    /** An error answer with one code and no detail. */
    public static Response error(int status, String code, String message) {
        return error(status, code, message, "");
    }

    static Response blobUnknown(String digest) {
        return error(404, "BLOB_UNKNOWN", "blob unknown to registry", digest);
    }

    static Response manifestUnknown(String reference) {
        return error(404, "MANIFEST_UNKNOWN", "manifest unknown", reference);
    }

    static Response nameUnknown(String repository) {
        return error(404, "NAME_UNKNOWN", "repository name not known to registry", repository);
    }

    static Response digestInvalid(String digest) {
        return error(400, "DIGEST_INVALID", "provided digest did not match uploaded content", digest);
    }

    static Response uploadUnknown() {
        return error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    }

    static Response unsupported() {
        return error(405, "UNSUPPORTED", "The operation is unsupported.");
    }

    static Response error(int status, String code, String message, String detail) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putArray("errors").addObject().put("code", code).put("message", message);
        if (!detail.isEmpty()) {
            error.put("detail", detail);
        }
        return Response.text(status, "application/json; charset=utf-8", body + "\n");
    }
}
