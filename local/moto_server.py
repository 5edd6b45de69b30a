"""Serves moto 5.2.5 at about half of its cost a call. What a call answers and changes stays the same."""

import functools
import io
import logging
import traceback

from moto import backends
from moto.core import responses, serialize
from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.exceptions import InternalServerError
from werkzeug.serving import make_server


def serve(server, port):
    """Serves on a socket that listens already, until the process ends."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    cache_constants()
    app = DomainDispatcherApplication(create_backend_app)
    make_server("127.0.0.1", port, app, True, request_handler=KeepAliveHandler, fd=server.fileno()).serve_forever()


class KeepAliveHandler(MotoRequestHandler):
    """Serves one connection until its client closes it. werkzeug closes it after each response, with a thread for each."""

    protocol_version = "HTTP/1.1"

    def run_wsgi(self):
        if "Transfer-Encoding" in self.headers or "Expect" in self.headers:
            return super().run_wsgi()
        # The whole body first: what the application does not read would be taken for the next request.
        body = io.BytesIO(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        self.environ = environ = {**self.make_environ(), "wsgi.input": body}
        started = []

        def start_response(status, headers, exc_info=None):
            started[:] = status, headers

        try:
            answer = b"".join(self.server.app(environ, start_response))
        except Exception as error:
            # An operation that moto lacks is answered elsewhere (guardrails/), so it is nothing to report.
            if not isinstance(error, NotImplementedError):
                traceback.print_exc()
            answer = b"".join(InternalServerError()(environ, start_response))
        status, headers = started
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for key, value in headers:
            if key.lower() != "content-length":
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)


def cache_constants():
    """moto derives these from its own files, classes and models again at each request, for half of the request's time."""
    modules = list(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)

    known = {}
    for picker in (serialize.AttributePicker, serialize.XFormedAttributePicker):
        picker.get_possible_keys = cached_keys(picker.get_possible_keys, known)
    json_serializer = serialize.BaseJSONSerializer
    json_serializer._serialize_type_structure = present_members(json_serializer._serialize_type_structure)


def cached_keys(possible_keys, known):
    """The names under which an object of this class may hold this member of a response: they depend on nothing else."""

    def lookup(picker, context):
        of = (possible_keys, tuple(picker.alias_providers), context.key, context.shape, type(context.obj))
        if of not in known:
            known[of] = list(dict.fromkeys(possible_keys(picker, context)))
        return known[of]

    return lookup


def present_members(serialize_structure):
    """Of DynamoDB's AttributeValue, a union of ten types, the one that is there; moto looks for each by all its names."""

    def serialize_present(serializer, serialized, value, shape, key):
        if shape.name != "AttributeValue" or type(value) is not dict or not key:
            return serialize_structure(serializer, serialized, value, shape, key)
        wrapper = {}
        for name in value:
            member = shape.members[name]
            member.parent = shape
            serializer._serialize_structure_member(wrapper, value, member, name)
        serializer._default_serialize(serialized, wrapper, shape, key)

    return serialize_present
