"""What the scripts of this folder share. Keys, addresses and the authority come from the variables that
`npm run sandbox -- serve` prints; a script writes what it saw as one JSON object, and the test beside it judges."""

import json
import os
import sys
import time

REGION = "cn-shanghai"
KEY_ID = os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"]
KEY_SECRET = os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]
AUTHORITY = os.environ["SSL_CERT_FILE"]
USER_DATA = "#!/bin/bash\necho 你好 > /root/hello\n"


def config(product, **more):
    """Settings of a V2 client; nothing but endpoint and authority differs from one of the real cloud."""
    from alibabacloud_tea_openapi.models import Config

    settings = {
        "access_key_id": KEY_ID,
        "access_key_secret": KEY_SECRET,
        "region_id": REGION,
        "endpoint": os.environ["ALIBABA_CLOUD_ENDPOINT_" + product],
        "ca": AUTHORITY,
    }
    return Config(**{**settings, **more})


def until(ask, wanted, seconds=30):
    """Polls as users do; what `ask` answered at last, so that a test sees where it hangs."""
    seen = []
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if not seen or seen[-1] != answer:
            seen.append(answer)
        if answer == wanted or time.monotonic() > end:
            return seen
        time.sleep(0.1)


def refused(call):
    """The SDK's own exception for a call that must not go through, as a caller sees it."""
    try:
        call()
    except Exception as error:  # whatever the SDK raises is the question
        code = error.get_error_code() if hasattr(error, "get_error_code") else getattr(error, "code", None)
        status = error.get_http_status() if hasattr(error, "get_http_status") else getattr(error, "status_code", None)
        return [type(error).__name__, code, status]
    return None


def tell(seen):
    json.dump(seen, sys.stdout, ensure_ascii=False, indent=1)
