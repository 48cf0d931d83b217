"""Servers that behave as they are told: `stand_ins.py PLAN LOG`, prints "ready" when all of them listen.

PLAN: {"dns": {address: {name: [addresses] | "nxdomain" | "servfail" | "silence"}}, "ntp": {address: how},
"sites": [{"address", "port", "how", "tls": [certificate, key] | null, ...}]}. LOG gets one line per question.
"""
import json
import socket
import ssl
import struct
import sys
import threading
import time

plan, log = json.load(open(sys.argv[1])), open(sys.argv[2], "a", 1)
lock = threading.Lock()


def note(**row):
    with lock:
        log.write(json.dumps(dict(row, at=time.time())) + "\n")


def background(work, *args):
    thread = threading.Thread(target=work, args=args)
    thread.daemon = True
    thread.start()


def reset(sock):
    """RST, as a firewall in the middle would send it."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def dns(address, zone):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((address, 53))
    background(answer_names, server, address, zone)


def answer_names(server, address, zone):
    while True:
        data, client = server.recvfrom(4096)
        at, labels = 12, []
        while data[at]:
            labels.append(data[at + 1:at + 1 + data[at]].decode())
            at += data[at] + 1
        end, name = at + 5, ".".join(labels)
        kind, = struct.unpack("!H", data[at + 1:at + 3])
        found = zone.get(name, "nxdomain")
        if kind == 1:
            note(dns=name, server=address)
        if found == "silence":
            continue
        code = {"nxdomain": 3, "servfail": 2}.get(found if isinstance(found, str) else "", 0)
        answers = found if code == 0 and kind == 1 else []
        reply = data[:2] + struct.pack("!HHHHH", 0x8180 | code, 1, len(answers), 0, 0) + data[12:end]
        for one in answers:
            reply += b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 60, 4) + socket.inet_aton(one)
        server.sendto(reply, client)


def ntp(address, how):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((address, 123))
    background(answer_time, server, address, how)


def answer_time(server, address, how):
    while True:
        data, client = server.recvfrom(512)
        note(ntp=address)
        first, stratum, kiss, origin = 0x24, 2, b"\0\0\0\0", data[40:48]
        if how == "rate":
            stratum, kiss = 0, b"RATE"
        elif how == "unset":
            first, stratum = 0xE4, 16
        elif how == "stranger":
            origin = b"\1" * 8
        seconds = struct.pack("!Q", int((time.time() + 2208988800 + (90 if how == "ahead" else 0)) * 2 ** 32))
        server.sendto(bytes([first, stratum, 6, 236]) + b"\0" * 8 + kiss + seconds + origin + seconds + seconds, client)


def site(row):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((row["address"], row["port"]))
    server.listen(64)
    context = None
    if row.get("tls"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*row["tls"])
    background(accept, server, row, context)


def accept(server, row, context):
    while True:
        sock, _ = server.accept()
        background(serve, sock, row, context)


def serve(sock, row, context):
    how = row["how"]
    try:
        if how == "reset at hello":
            sock.recv(4096)
            return reset(sock)
        if how == "closed at hello":
            sock.recv(4096)
            return sock.close()
        if how == "silent":
            return time.sleep(60)
        if context:
            sock = context.wrap_socket(sock, server_side=True)
        request = b""
        while b"\r\n\r\n" not in request:
            got = sock.recv(4096)
            if not got:
                return
            request += got
        lines = request.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        note(host=headers["Host"], line=lines[0], agent=headers.get("User-Agent"), range=headers.get("Range"),
             token=headers.get("Authorization"))
        answer(sock, how, row, lines[0].split()[1], headers)
    except (OSError, ssl.SSLError):
        pass
    finally:
        sock.close()


def head(status, length=None, **more):
    fields = {"Content-Type": "text/plain"}
    if length is not None:
        fields["Content-Length"] = str(length)
    fields.update({key.replace("_", "-"): value for key, value in more.items()})
    return ("HTTP/1.1 %s\r\n" % status + "".join("%s: %s\r\n" % pair for pair in fields.items()) + "\r\n").encode()


def answer(sock, how, row, path, headers):
    body = row.get("body", "numpy ").encode()
    if how == "file":  # Large, whatever range was asked for: many servers ignore it.
        sock.sendall(head("200 OK", 4 << 20))
        for _ in range(64):
            sock.sendall(body * (65536 // len(body)))
    elif how == "slow to answer":
        time.sleep(1.6)
        sock.sendall(head("200 OK", len(body)) + body)
    elif how == "slow to begin":
        sock.sendall(head("200 OK", len(body)))
        time.sleep(1.6)
        sock.sendall(body)
    elif how == "begins when time is up":
        sock.sendall(head("200 OK", 5))
        time.sleep(2.3)
        sock.sendall(b"x")
        time.sleep(2)
    elif how == "slow to send":
        sock.sendall(head("206 Partial Content", 262144))
        for _ in range(256):
            sock.sendall(b"x" * 1024)
            time.sleep(0.05)
    elif how == "slow in chunks":
        sock.sendall(head("200 OK", Transfer_Encoding="chunked"))
        for _ in range(256):
            sock.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
            time.sleep(0.05)
    elif how == "one byte now and then":
        for byte in head("200 OK", 5) * 9:
            sock.sendall(bytes([byte]))
            time.sleep(0.3)
    elif how == "reset in the body":
        sock.sendall(head("200 OK", 262144) + b"x" * 50000)
        time.sleep(0.2)
        if hasattr(sock, "unwrap"):
            sock = socket.socket(fileno=sock.detach())
        reset(sock)
    elif how == "closed in the body":
        sock.sendall(head("200 OK", 262144) + b"x" * 50000)
    elif how == "not HTTP":
        sock.sendall(b"SSH-2.0-OpenSSH_9.2\r\n" * 4)
    elif how == "status":
        sock.sendall(head(row["status"], len(body), **row.get("headers", {})) + body)
    elif how == "moved":
        sock.sendall(head("302 Found", 0, Location=row["to"]))
    elif how == "chunks":
        sock.sendall(head("200 OK", Transfer_Encoding="chunked") + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
    elif how == "registry":
        realm = 'Bearer realm="%s",service="registry"' % row["realm"]
        if path == "/v2/" or headers.get("Authorization") != "Bearer t0ken":
            sock.sendall(head("401 Unauthorized", 2, WWW_Authenticate=realm) + b"{}")
        else:
            sock.sendall(head("200 OK", 1000))


for address, zone in plan["dns"].items():
    dns(address, zone)
for address, how in plan["ntp"].items():
    ntp(address, how)
for one in plan["sites"]:
    site(one)
print("ready", flush=True)
time.sleep(900)
