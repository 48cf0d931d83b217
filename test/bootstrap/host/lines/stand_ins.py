"""stand_ins.py WORLD FOLDER: the outside world on loopback, each name at an address of its own, ports 80 and 443.

WORLD (JSON): {"names": {name: address}, "certificate": PEM file, "key": PEM file, "files": {name: folder}}.
What they are asked goes to FOLDER/asked, one "name method path" a line; FOLDER/ready is there when all listen.

Any name is a package index, a container registry and a web server of its folder at once:
  .../simple/NAME/   a page with one wheel; NAME slow-SECONDS waits that long first, missing-... is 404
  .../wheels/FILE    that wheel, made on the way
  /v2/...            one image of six layers; blobs wait 0.7 s, and what runs at once is written down as "together N"

stand_ins.py FILE.whl...: the sha256 of these wheels, one a line.
"""
import gzip
import hashlib
import http.server
import io
import json
import pathlib
import re
import ssl
import sys
import tarfile
import threading
import time
import zipfile


def wheel(file):
    name, version = re.match(r"(.+)-([0-9.]+)-py3-none-any\.whl", file).groups()
    info = f"{name}-{version}.dist-info"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        parts = {
            f"{name}.py": "",
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        parts[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*parts, f"{info}/RECORD"])
        for path, text in parts.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return out.getvalue()


if sys.argv[1].endswith(".whl"):
    for file in sys.argv[1:]:
        print(hashlib.sha256(wheel(file)).hexdigest())
    sys.exit()

world = json.loads(pathlib.Path(sys.argv[1]).read_text())
folder = pathlib.Path(sys.argv[2])
asked = open(folder / "asked", "a", buffering=1)
lock = threading.Lock()
downloads = 0


def image():
    blobs, layers, diffs = {}, [], []

    def keep(kind, content):
        digest = "sha256:" + hashlib.sha256(content).hexdigest()
        blobs[digest] = content
        return {"mediaType": kind, "size": len(content), "digest": digest}

    for number in range(6):
        plain = io.BytesIO()
        with tarfile.open(fileobj=plain, mode="w") as archive:
            entry = tarfile.TarInfo(f"layer-{number}")
            archive.addfile(entry, io.BytesIO())
        diffs.append("sha256:" + hashlib.sha256(plain.getvalue()).hexdigest())
        packed = gzip.compress(plain.getvalue(), mtime=0)
        layers.append(keep("application/vnd.docker.image.rootfs.diff.tar.gzip", packed))
    config = {"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": diffs}}
    text = json.dumps(config).encode()
    kind = "application/vnd.docker.distribution.manifest.v2+json"
    manifest = {
        "schemaVersion": 2,
        "mediaType": kind,
        "config": keep("application/vnd.docker.container.image.v1+json", text),
        "layers": layers,
    }
    return kind, json.dumps(manifest).encode(), blobs, {row["digest"] for row in layers}


kind, manifest, blobs, layers = image()
manifest_digest = "sha256:" + hashlib.sha256(manifest).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle(self):
        self.name = names[self.server.server_address[0]]
        try:
            super().handle()
        except (ssl.SSLError, ConnectionError):
            asked.write(f"{self.name} REFUSED connection\n")

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        asked.write(f"{self.name} {self.command} {self.path}\n")
        path = self.path.split("?")[0]
        if path.startswith("/v2/"):
            return self.registry(path)
        if match := re.search(r"/simple/([^/]+)/$", path):
            return self.index(match[1])
        if match := re.search(r"/wheels/([^/]+)$", path):
            return self.answer(200, wheel(match[1]), Content_Type="application/octet-stream")
        file = pathlib.Path(world["files"].get(self.name, "/nonexistent") + path)
        if file.is_file():
            return self.answer(200, file.read_bytes(), Content_Type="application/octet-stream")
        self.answer(404)

    def index(self, name):
        if name.startswith("missing-"):
            return self.answer(404)
        if match := re.match(r"slow-(\d+)$", name):
            time.sleep(int(match[1]))
        file = f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
        page = f'<!DOCTYPE html><a href="../../wheels/{file}">{file}</a>'.encode()
        self.answer(200, page, Content_Type="text/html")

    def registry(self, path):
        global downloads
        if path == "/v2/":
            return self.answer(200, Docker_Distribution_Api_Version="registry/2.0")
        if "/manifests/" in path:
            return self.answer(200, manifest, Content_Type=kind, Docker_Content_Digest=manifest_digest)
        digest = path.rpartition("/")[2]
        if digest not in blobs or self.command == "HEAD":
            return self.answer(404)
        if digest in layers:
            with lock:
                downloads += 1
                asked.write(f"together {downloads}\n")
            time.sleep(0.7)
            with lock:
                downloads -= 1
        self.answer(200, blobs[digest], Content_Type="application/octet-stream")

    def do_POST(self):
        asked.write(f"{self.name} {self.command} {self.path}\n")
        self.answer(403)

    do_HEAD = do_GET
    do_PUT = do_PATCH = do_POST


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass


names = {address: name for name, address in world["names"].items()}
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(world["certificate"], world["key"])
for address in names:
    for port in (80, 443):
        server = Server((address, port), Handler)
        if port == 443:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
(folder / "ready").touch()
threading.Event().wait()
