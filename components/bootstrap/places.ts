/** Where things stand on a host. Other parts of the project read the marker and the log by these names. */
export const places = {
  script: "/opt/china/bootstrap.sh",
  requirements: "/opt/china/requirements.txt",
  /** Copies of files that can only be put in place once users and data disk are there. */
  lateFiles: "/opt/china/files",
  venv: "/opt/venv",
  state: "/var/lib/china",
  marker: "/var/lib/china/bootstrap.json",
  log: "/var/log/china-bootstrap.log",
  daemonJson: "/etc/docker/daemon.json",
  profile: "/etc/profile.d/china.sh",
  /** There while a run is under way: cloud-init runs what stands there at every boot, so one that was cut off goes on. */
  again: "/var/lib/cloud/scripts/per-boot/china-bootstrap",
  serviceEnvironment: "/etc/systemd/system.conf.d/50-china.conf",
} as const;

/** Filesystem label by which the data disk is found again, also by the next host that gets it (ext4 allows 16 bytes). */
export const dataDiskLabel = "china-data";

/** Seconds. */
export const limits = {
  /** All steps together; what still runs then is ended and the marker says so. */
  total: 25 * 60,
  /** The disk is attached by a call of its own after the host has booted; within a minute as a rule. */
  dataDisk: 15 * 60,
  dataDiskPoll: 2,
  /** For another bootstrap on the same host to end. */
  lock: 120,
} as const;

/** Bytes. ECS takes 32 KB of user data before base64 (older pages say 16 KB); Cloud Assistant 18 KB after base64. */
export const sizes = { userData: 32 * 1024, plainUserData: 16 * 1024, cloudAssistant: 18 * 1024 } as const;
