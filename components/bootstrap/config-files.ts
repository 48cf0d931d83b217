import { daemonJson, hostsToml } from "./config-docker.ts";
import { pipConf, requirements, uvToml } from "./config-python.ts";
import { chronyConf, npmEnvironment, npmrc, profileScript, serviceEnvironment } from "./config-system.ts";
import { places } from "./places.ts";
import type { BootstrapSettings, HostFile } from "./settings.ts";

/** Those that are this project's alone: one that is not wanted any more is removed from the host. */
export function configFiles(settings: BootstrapSettings): HostFile[] {
  const { python, docker, os } = settings;
  const files: HostFile[] = [];
  if (python !== undefined) {
    files.push(rootFile("/etc/pip.conf", pipConf(python)));
    // Also in the venv: a pip.conf there wins over one in a home directory, /etc/pip.conf does not.
    files.push(rootFile(`${places.venv}/pip.conf`, pipConf(python)));
    files.push(rootFile(places.requirements, requirements(python)));
    if (python.uv) files.push(rootFile("/etc/uv/uv.toml", uvToml(python)));
  }
  if (docker !== undefined) {
    files.push(rootFile(places.daemonJson, daemonJson(docker)));
    if (os.dockerRepository !== undefined) files.push(rootFile(os.dockerRepository.path, os.dockerRepository.content));
  }
  for (const [registry, mirror] of Object.entries(settings.containerd).sort()) {
    files.push(rootFile(`/etc/containerd/certs.d/${registry}/hosts.toml`, hostsToml(mirror)));
  }
  if (settings.ntp.length > 0) files.push(rootFile(chronyPath(settings), chronyConf(settings.ntp)));
  if (settings.npmRegistry !== undefined) files.push(rootFile("/etc/npmrc", npmrc(settings.npmRegistry)));
  const environment = { ...(settings.npmRegistry === undefined ? {} : npmEnvironment), ...settings.environment };
  if (Object.keys(environment).length > 0) {
    files.push(rootFile(places.profile, profileScript(environment)));
    files.push(rootFile(places.serviceEnvironment, serviceEnvironment(environment)));
  }
  return files;
}

export function chronyPath(settings: BootstrapSettings): string {
  return `${settings.os.chronyDirectory}/china.conf`;
}

export function rootFile(path: string, content: string): HostFile {
  return { path, content, mode: "0644", owner: "root:root" };
}
