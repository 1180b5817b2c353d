#!/bin/sh
# Boots a folder with Debian as a machine whose first process is systemd.
#   machine.sh boot FOLDER GROUP   runs until the machine is off, in namespaces of its own
#   machine.sh forget GROUP        removes the control group in which it ran
set -e

control_groups() { # systemd wants the unified ones, whatever this machine has
  [ ! -e /sys/fs/cgroup/cgroup.controllers ] || return 0
  umount -R /sys/fs/cgroup
  mount -t cgroup2 none /sys/fs/cgroup
}

case "$1" in
  boot)
    control_groups
    mkdir -p "/sys/fs/cgroup/$3"
    # 0 is whoever writes; its pid here is that of a namespace.
    echo 0 >"/sys/fs/cgroup/$3/cgroup.procs"
    exec systemd-nspawn --quiet --register=no --keep-unit --private-network --machine="$3" \
      --directory="$2" --boot
    ;;
  forget)
    control_groups
    [ ! -e "/sys/fs/cgroup/$2" ] || find "/sys/fs/cgroup/$2" -depth -type d -exec rmdir {} \;
    ;;
  *)
    exit 2
    ;;
esac
