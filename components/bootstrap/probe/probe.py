#!/usr/bin/env python3
"""What works from this host: each target of probe.json is asked once, and how it went has one word.

Standard library only, Python 3.6 to 3.13, IPv4. Bounded in time, bytes and rate by the limits in probe.json.
usage: probe.py [CONFIG [FOLDER]]   (result: FOLDER/latest.json, earlier ones beside it; a table on standard output)
"""

import errno, fcntl, http.client, io, ipaddress, json, os, platform, queue, random, re, signal, socket, ssl, struct
import sys, threading, time
from urllib.parse import urlencode, urljoin, urlsplit

AGENT = "computing-in-china-probe/1 (reachability check, once a day)"
KEEP = 14
MANIFESTS = ", ".join("application/vnd." + kind for kind in (
    "oci.image.index.v1+json", "oci.image.manifest.v1+json", "docker.distribution.manifest.list.v2+json",
    "docker.distribution.manifest.v2+json"))
DENIED, TOO_MANY, MOVED = (401, 403, 451), 429, (301, 302, 303, 307, 308)
now = time.monotonic


class Bad(Exception):
    """A target that does not work: the word for it, and what was seen."""

    def __init__(self, word, detail):
        Exception.__init__(self, detail)
        self.word, self.detail = word, detail


class Wire(io.RawIOBase):
    """A connection that http.client reads from, with an end in time whatever the other side does."""

    def __init__(self, sock, ends):
        io.RawIOBase.__init__(self)
        self.sock, self.ends = sock, ends

    def readable(self):
        return True

    def readinto(self, buffer):
        self.sock.settimeout(left(self.ends))
        return self.sock.recv_into(buffer)

    def makefile(self, mode):
        return io.BufferedReader(self, 16384)


def left(ends):
    rest = ends - now()
    if rest <= 0:
        raise socket.timeout("timed out")
    return rest


class Probe:
    """One target, asked once."""

    def __init__(self, target, shared):
        self.target, self.shared, self.limits = target, shared, shared.limits
        self.ms, self.address, self.bytes, self.rate, self.note = {}, None, 0, None, ""
        self.ends, self.measured = now() + self.limits["target"], False

    def run(self):
        try:
            scheme = urlsplit(self.target["url"]).scheme
            {"ntp": self.ntp, "tcp": self.tcp}.get(scheme, self.image if "image" in self.target else self.page)()
            word, detail = self.speed()
        except Bad as bad:
            word, detail = bad.word, bad.detail
        except Exception as error:  # A mistake of this program must not end the run.
            word, detail = "not checked", "%s: %s" % (type(error).__name__, error)
        return self.row(word, detail)

    def row(self, word, detail):
        row = {key: self.target[key] for key in ("key", "group", "url", "from")}
        row.update({"class": word, "detail": printable(detail), "ms": self.ms, "bytes": self.bytes})
        row.update({"bytesPerSecond": self.rate, "address": self.address})
        return row

    def speed(self):
        if self.rate is not None and self.rate < self.limits["rate"]:
            return "throttled", "%d KiB/s" % (self.rate / 1024)
        waited = sum(self.ms.get(phase, 0) for phase in ("dns", "connect", "tls", "answer"))
        if waited > self.limits["slow"] * 1000:
            return "slow", "%.1f s until the answer began" % (waited / 1000.0)
        return "works", self.note

    def took(self, phase, began):
        self.ms[phase] = self.ms.get(phase, 0) + max(0, int(round((now() - began) * 1000)))

    # Names

    def resolve(self, host, port):
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            pass
        began, found = now(), queue.Queue()
        # The system's resolver, as every program uses it; it takes no time limit, so it is left behind when it is late.
        thread = threading.Thread(target=lambda: found.put(lookup(host, port)))
        thread.daemon = True
        thread.start()
        try:
            addresses, why = found.get(timeout=min(self.limits["dns"], left(self.ends)))
        except queue.Empty:
            addresses, why = [], "no answer in %d s" % self.limits["dns"]
        self.took("dns", began)
        if not addresses:
            other = self.other(host)
            raise Bad("no DNS", "%s: %s%s" % (host, why, "; %s says %s" % (self.shared.resolver, other[0]) if other else ""))
        self.address = addresses[0]
        for address in addresses:
            if address in self.shared.poisoned:
                raise Bad("wrong DNS", "%s is said to be %s, a known false answer" % (host, address))
            if not plausible(address, self.target["from"] == "internet"):
                raise Bad("wrong DNS", "%s is said to be %s, no address of a public service" % (host, address))
        return addresses

    def other(self, host):
        if self.target["from"] != "internet" or not self.shared.resolver:
            return []
        return second_opinion(self.shared.resolver, host, self.limits["second"])

    def connect(self, host, port, tls):
        """A connection; one that fails is judged against what a second resolver says."""
        addresses = self.resolve(host, port)
        try:
            return self.open(addresses[:2], host, port, tls)
        except Bad as bad:
            if not tls or bad.word not in ("refused", "reset", "timed out", "no route", "wrong certificate"):
                raise
            others = self.other(host)
            if others and not set(others) & set(addresses):
                try:
                    self.ends = max(self.ends, now() + self.limits["connect"] * 2)
                    self.open(others[:1], host, port, True).close()
                except Bad:
                    raise bad
                raise Bad("wrong DNS", "%s is said to be %s (%s: %s); %s says %s, and that one has the right certificate" % (
                    host, addresses[0], bad.word, bad.detail, self.shared.resolver, others[0]))
            raise

    def open(self, addresses, host, port, tls):
        began, bad, sock = now(), None, None
        for address in addresses:
            try:
                sock = socket.create_connection((address, port), min(self.limits["connect"], left(self.ends)))
                self.address = address
                break
            except OSError as error:
                bad = failure(error, "connecting to %s:%d" % (address, port))
        self.took("connect", began)
        if sock is None:
            raise bad
        if not tls:
            return sock
        began = now()
        try:
            sock.settimeout(min(self.limits["connect"], left(self.ends)))
            return self.shared.tls.wrap_socket(sock, server_hostname=host)
        except (OSError, ssl.CertificateError) as error:
            sock.close()
            raise failure(error, "TLS with %s" % host)
        finally:
            self.took("tls", began)

    # HTTP

    def ask(self, url, method="GET", headers=None, most=16384, hops=3):
        """Status, headers and the first bytes of an answer; at most `hops` redirects are followed."""
        parts = urlsplit(url)
        tls = parts.scheme == "https"
        host, port = parts.hostname, parts.port or (443 if tls else 80)
        sock = self.connect(host, port, tls)
        if self.measured:
            began, kept = now(), dict(self.ms)
            self.shared.transfer.acquire()  # One transfer at a time, or they would slow each other down.
            self.ends += now() - began
        try:
            if self.measured and now() - began > 3:  # The server may have given up meanwhile.
                sock.close()
                sock, self.ms = self.connect(host, port, tls), kept
            lines = ["%s %s HTTP/1.1" % (method, (parts.path or "/") + ("?" + parts.query if parts.query else ""))]
            fields = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
            fields.update(headers or {})
            lines += ["%s: %s" % field for field in fields.items()]
            response, body = self.answer(sock, method, "\r\n".join(lines) + "\r\n\r\n", most, host)
        finally:
            sock.close()
            if self.measured:
                self.shared.transfer.release()
        moved = response.status in MOVED and response.getheader("Location")
        if not moved:
            return response, body
        url = urljoin(url, moved)
        if hops == 0 or urlsplit(url).scheme not in ("https", parts.scheme):
            raise Bad("wrong answer", "sent on to %s" % url)
        return self.ask(url, method, headers, most, hops - 1)

    def answer(self, sock, method, request, most, host):
        began, first, body, count, promised, late = now(), None, b"", 0, None, False
        wire = Wire(sock, min(self.ends, began + self.limits["answer"]))
        try:
            sock.settimeout(left(wire.ends))
            sock.sendall(request.encode("ascii", "replace"))
            response = http.client.HTTPResponse(wire, method=method)
            response.begin()
            self.took("answer", began)
            headed = last = now()
            wire.ends, promised = min(self.ends, now() + self.limits["body"]), response.length
            if response.status in MOVED:
                return response, body
            most = most if promised is None else min(most, promised)
            while count < most:
                chunk = response.read1(min(16384, most - count))
                if not chunk:
                    break
                count, last = count + len(chunk), now()
                if first is None:
                    first, before = last, count
                    self.ms["answer"] += int((first - headed) * 1000)
                body += chunk[: max(0, 65536 - len(body))]
        except (OSError, http.client.HTTPException) as error:
            bad = failure(error, "%s after %d bytes" % (host, count))
            # A body that came so slowly that time was up has a rate like any other.
            if bad.word != "timed out" or first is None or now() - first < 0.5:
                raise bad
            last, late = now(), True
        finally:
            self.bytes += count
            self.shared.spend(count)
        if first is not None and last > first and (count >= 65536 or last - first >= 2 or late):
            self.rate = int((count - before) / (last - first))
        if promised is not None and count < most and not late:
            raise Bad("reset", "%s ended after %d of %d bytes" % (host, count, promised))
        return response, body

    def page(self):
        most = min(self.target.get("bytes", 4096), self.shared.left())
        self.measured = most > 65536
        if most <= 0:
            raise Bad("not checked", "the run has had all the bytes it may have")
        extra = {"Range": "bytes=0-%d" % (most - 1)} if self.measured else None
        response, body = self.ask(self.target["url"], "GET", extra, most)
        self.status(response, self.target.get("status", [200, 206]), body)
        expected = self.target.get("expect")
        if expected and expected.encode() not in body:
            raise Bad("wrong answer", "%d, but not what is found there: no %r in it" % (response.status, expected))
        self.note = "" if response.status in (200, 206) else "answers %d, as it should" % response.status

    def status(self, response, fine, body=b""):
        status, said = response.status, " ".join(body[:80].decode("utf-8", "replace").split())
        if status == TOO_MANY or (status == 503 and response.getheader("Retry-After")):
            raise Bad("throttled", "%d, %s" % (status, response.getheader("Retry-After") or said))
        if status not in fine:
            raise Bad("refused" if status in DENIED else "wrong answer", "%d %s" % (status, said))

    def image(self):
        """The registry's ping, then a manifest by its token. HEAD: registries count a GET as a pull."""
        base, (repository, _, tag) = self.target["url"], self.target["image"].rpartition(":")
        response, body = self.ask(urljoin(base, "/v2/"))
        challenge = response.getheader("WWW-Authenticate") or ""
        self.status(response, [200, 401] if challenge else [200], body)
        if not repository:
            self.note = "answers; no image was asked for"
            return
        headers = {"Accept": MANIFESTS}
        fields = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
        if response.status == 401 and challenge[:6].lower() == "bearer" and fields.get("realm", "")[:8] == "https://":
            query = urlencode({"service": fields.get("service", ""), "scope": "repository:%s:pull" % repository})
            response, body = self.ask(fields["realm"] + ("&" if "?" in fields["realm"] else "?") + query)
            self.status(response, [200], body)
            try:
                token = json.loads(body.decode())
                headers["Authorization"] = "Bearer " + str(token.get("token") or token["access_token"])
            except (ValueError, KeyError, AttributeError):
                raise Bad("wrong answer", "no token from %s" % fields["realm"])
        response, body = self.ask(urljoin(base, "/v2/%s/manifests/%s" % (repository, tag)), "HEAD", headers)
        self.status(response, [200], body)

    # Others

    def tcp(self):
        parts = urlsplit(self.target["url"])
        self.open(self.resolve(parts.hostname, parts.port)[:2], parts.hostname, parts.port, False).close()

    def ntp(self):
        host = urlsplit(self.target["url"]).hostname
        address = self.resolve(host, 123)[0]
        sock, mark, began = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), os.urandom(8), now()
        try:
            sock.settimeout(min(self.limits["connect"], left(self.ends)))
            sock.connect((address, 123))
            sock.send(b"\x23" + b"\0" * 39 + mark)
            sent, data = time.time(), sock.recv(512)
        except OSError as error:
            raise failure(error, "NTP of %s" % host)
        finally:
            sock.close()
        self.took("answer", began)
        if len(data) < 48 or data[24:32] != mark or data[0] & 7 != 4:
            raise Bad("wrong answer", "%s sent %d bytes that are no answer to this question" % (host, len(data)))
        if data[1] == 0:
            kiss = data[12:16].decode("ascii", "replace")
            raise Bad("throttled" if kiss == "RATE" else "refused", "kiss of death: %s" % kiss)
        if data[0] >> 6 == 3 or data[1] > 15:
            raise Bad("wrong answer", "%s says that its clock is not set" % host)
        came, = struct.unpack("!Q", data[32:40])
        off = came / 2.0 ** 32 - 2208988800 - (sent + time.time()) / 2
        self.note = "this host's clock differs by %.3f s" % abs(off)


def lookup(host, port):
    try:
        found = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM)
    except socket.gaierror as error:
        again = error.errno == socket.EAI_AGAIN
        return [], "the resolver gave no answer" if again else "the resolver knows no such name"
    except (OSError, UnicodeError) as error:
        return [], str(error)
    return sorted({row[4][0] for row in found}), ""


def plausible(address, public):
    """Inside a VPC names stand for private addresses and 100.64.0.0/10; on the internet for none of them."""
    ip = ipaddress.ip_address(address)
    if ip.is_loopback or ip.is_unspecified or ip.is_multicast or ip.is_link_local or ip.is_reserved:
        return False
    return ip.is_global or not public


def second_opinion(server, host, seconds):
    """A records of a name, asked of one server by UDP; none when it does not answer."""
    mark = random.randrange(65536)
    question = b"".join(struct.pack("B", len(label)) + label for label in host.encode("idna").split(b".")) + b"\0\0\1\0\1"
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.settimeout(seconds)
        sock.connect((server, 53))
        sock.send(struct.pack("!6H", mark, 0x100, 1, 0, 0, 0) + question)
        data = sock.recv(4096)
        got, flags, _, answers = struct.unpack("!4H", data[:8])
        at, found = 12 + len(question), []
        for _ in range(answers if got == mark and flags & 0x800F == 0x8000 else 0):
            while data[at] and data[at] < 192:
                at += data[at] + 1
            at += 2 if data[at] else 1
            kind, _, _, length = struct.unpack("!HHIH", data[at:at + 10])
            at += 10 + length
            if kind == 1 and length == 4:
                found.append(socket.inet_ntoa(data[at - 4:at]))
        return sorted(set(found))
    except (OSError, IndexError, struct.error):
        return []
    finally:
        sock.close()


def failure(error, doing):
    """The word for what went wrong below HTTP."""
    text = getattr(error, "verify_message", "") or getattr(error, "strerror", None) or str(error) or type(error).__name__
    code = None if isinstance(error, ssl.SSLError) else getattr(error, "errno", None)  # Theirs are numbers of another kind.
    if isinstance(error, ssl.CertificateError) or getattr(error, "reason", "") == "CERTIFICATE_VERIFY_FAILED":
        word = "wrong certificate"
    elif isinstance(error, socket.timeout) or code == errno.ETIMEDOUT:
        word, text = "timed out", "no answer"
    elif isinstance(error, ConnectionRefusedError):
        word, text = "refused", "nothing listens there, or a firewall says so"
    elif code in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EPERM, errno.EACCES):
        word = "no route"
    elif isinstance(error, (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError, http.client.IncompleteRead)) or "eof" in text.lower():
        word, text = "reset", "the connection was cut"
    elif type(error) is OSError and not code:
        word, text = "reset", "the connection was cut"  # What Python 3.6 makes of a connection that ends in the handshake.
    else:
        word = "wrong answer"
    return Bad(word, "%s: %s" % (doing, text))


def printable(text):
    return "".join(c if c.isprintable() else "?" for c in " ".join(str(text).split()))[:300]


class Shared:
    """What the targets of a run share: limits, budget, one transfer at a time, a pause between any two starts."""

    def __init__(self, config):
        self.limits, self.poisoned = config["limits"], frozenset(config.get("poisoned", []))
        self.resolver = config.get("resolver") if config["internet"] else None
        self.tls = ssl.create_default_context()
        # Python 3.13 refuses authorities that pip, Docker and curl take: every host judges alike.
        self.tls.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
        self.transfer, self.lock, self.spent, self.next = threading.Lock(), threading.Lock(), 0, 0.0

    def spend(self, count):
        with self.lock:
            self.spent += count

    def left(self):
        return self.limits["runBytes"] - self.spent

    def turn(self):
        with self.lock:
            wait = max(0.0, self.next - now())
            self.next = now() + wait + self.limits["pause"]
        time.sleep(wait)


def probe(config, stop):
    """All targets, in order, a few at a time; what is not done when time is up is not checked."""
    shared, rows, work = Shared(config), {}, queue.Queue()
    for target in config["targets"]:
        if target["from"] == "internet" and not config["internet"]:
            rows[target["key"]] = Probe(target, shared).row("not checked", "no way out of the VPC")
        else:
            work.put(target)

    def worker():
        while not stop.is_set():
            try:
                target = work.get_nowait()
            except queue.Empty:
                return
            shared.turn()
            rows[target["key"]] = Probe(target, shared).run()

    threads = [threading.Thread(target=worker) for _ in range(shared.limits["parallel"])]
    ends = now() + shared.limits["run"]
    for thread in threads:
        thread.daemon = True
        thread.start()
    while any(thread.is_alive() for thread in threads) and now() < ends and not stop.wait(0.1):
        pass
    stop.set()
    done = dict(rows)
    return [done.get(t["key"]) or Probe(t, shared).row("not checked", "the run ended before") for t in config["targets"]]


def system():
    try:
        with open("/etc/os-release") as file:
            fields = dict(line.strip().split("=", 1) for line in file if "=" in line)
        return "%s %s" % (fields.get("ID", "").strip('"'), fields.get("VERSION_ID", "").strip('"'))
    except OSError:
        return platform.system()


def save(folder, result):
    """Whole or not at all. The newest also stands under its time; older ones than the last few go."""
    text = json.dumps(result, indent=1, sort_keys=True) + "\n"
    stamp = "%s.json" % re.sub(r"[^0-9TZ]", "", result["startedAt"])
    for name in (stamp, "latest.json"):
        unfinished = os.path.join(folder, ".%s.%d" % (name, os.getpid()))
        with open(unfinished, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, os.path.join(folder, name))
    for name in sorted(name for name in os.listdir(folder) if re.match(r"^\d{8}T\d{6}Z\.json$", name))[:-KEEP]:
        os.unlink(os.path.join(folder, name))


def table(result):
    lines = [("target", "result", "ms", "KiB/s", "remark")]
    for row in result["targets"]:
        rate = "" if row["bytesPerSecond"] is None else str(row["bytesPerSecond"] // 1024)
        lines.append((row["key"], row["class"], str(sum(row["ms"].values())) if row["ms"] else "", rate, row["detail"][:90]))
    widths = [max(len(line[i]) for line in lines) for i in range(4)]
    return "\n".join("  ".join([line[0].ljust(widths[0]), line[1].ljust(widths[1]), line[2].rjust(widths[2]),
                                line[3].rjust(widths[3]), line[4]]).rstrip() for line in lines)


def main(config_file="/opt/china/probe.json", folder="/var/lib/china-probe"):
    try:
        with open(config_file) as file:
            config = json.load(file)
        config["limits"]["run"], config["targets"][:0]
        os.makedirs(folder, exist_ok=True)
        lock = open(os.path.join(folder, ".lock"), "w")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("another probe is running on this host")
        return 75
    except (OSError, ValueError, TypeError, KeyError) as error:
        print("cannot begin with %s in %s: %s" % (config_file, folder, error), file=sys.stderr)
        return 2
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    utc, began = "%Y-%m-%dT%H:%M:%SZ", now()
    result = {key: config[key] for key in ("stack", "group", "region", "internet", "limits")}
    result.update({"probe": 1, "host": platform.node(), "os": system(), "python": platform.python_version()})
    result["startedAt"] = time.strftime(utc, time.gmtime())
    result["targets"] = probe(config, stop)
    result.update({"finishedAt": time.strftime(utc, time.gmtime()), "seconds": round(now() - began, 1)})
    save(folder, result)
    print(table(result))
    return 0


if __name__ == "__main__":
    code = main(*sys.argv[1:3])
    sys.stdout.flush()
    os._exit(code)  # A resolver that was left behind must not hold the end up.
