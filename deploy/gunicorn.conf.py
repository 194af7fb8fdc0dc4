"""Gunicorn, for the demonstration and for a team's own server."""

import os

bind = os.environ.get("DMI_WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("DMI_WEB_WORKERS", "2"))
threads = int(os.environ.get("DMI_WEB_THREADS", "8"))
timeout = 120  # large uploads are received within it
graceful_timeout = 25
keepalive = 30
max_requests = 2000
max_requests_jitter = 200
preload_app = True
control_socket_disable = True
forwarder_headers = "SCRIPT_NAME,PATH_INFO"
forwarded_allow_ips = "*"  # the scheme; whose address it is, dmi.middleware.ClientAddress decides
limit_request_line = 8190
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
errorlog = "-"
accesslog = None  # the proxy logs requests; addresses of pages hold no names
